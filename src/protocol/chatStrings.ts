/**
 * The page's strings in the user's language; its host sends them. `{0}` is a placeholder. A host that can't do what a
 * button asks for leaves out the button's label, and the page shows no such button.
 */
export interface ChatStrings {
  /** Accessible name of the conversation. */
  readonly conversation: string;
  readonly you: string;
  readonly assistant: string;
  readonly inputLabel: string;
  readonly inputPlaceholder: string;
  readonly send: string;
  readonly stop: string;
  readonly retry: string;
  readonly copy: string;
  readonly copied: string;
  readonly insert?: string;
  readonly newFile?: string;
  readonly jumpToEnd: string;
  readonly removeAttachment: string;
  readonly showCode: string;
  /** `{0}`: code points such as U+202E. */
  readonly hiddenCharacters: string;
  /** Label of the thoughts while the model thinks; `thoughts` is the one afterwards. */
  readonly thinking: string;
  readonly thoughts: string;
  readonly waiting: string;
  /** `{0}`: per cent. */
  readonly reading: string;
  readonly answerReady: string;
  readonly answerStopped: string;
  readonly answerInterrupted: string;
  readonly answerCutShort: string;
  /** `{0}`: number of messages. */
  readonly messagesDropped: string;
  /** `{0}`: number. */
  readonly tokensPerSecond: string;
  readonly welcomeTitle: string;
  readonly welcomeText: string;
  readonly examples: readonly string[];
  readonly noModelTitle: string;
  readonly noModelText: string;
  readonly downloadModel?: string;
  readonly chooseModel?: string;
  readonly stoppedTitle: string;
  readonly stoppedText: string;
  readonly failedTitle: string;
  readonly restartEngine?: string;
  readonly showLog?: string;
}

/** Replaces the placeholders of a sentence. */
export function fill(sentence: string, ...values: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}
