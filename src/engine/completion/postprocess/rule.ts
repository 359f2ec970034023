import type { CompletionContext } from '../cursor/completionContext.js';

/**
 * One thing that ghost text must not do. Rules are pure; what one needs to remember while a text is decoded is in the
 * check that `stopAt` returns. Each has its table of cases in `test/unit/engine/completion/postprocess`.
 */
export interface Rule {
  /** Logged, and told as the reason, when the rule leaves nothing of a text. */
  readonly name: string;
  /**
   * What the rule leaves of a finished text.
   * @param text as the rules before this one left it
   * @returns `''` when nothing is left to show
   */
  readonly drop: (text: string, context: CompletionContext) => string;
  /** Starts to watch a text that is being decoded, to end it where the rule would cut it. */
  readonly stopAt?: (context: CompletionContext) => StopCheck;
  /**
   * Whether the end of a growing text may turn out to be something that the rule drops, so that it must not be shown
   * yet. Asked again without the last line when that one is held back.
   * @returns how many lines at its end, counting the last; 0 for none
   */
  readonly mightBeDropped?: (text: PartialText, context: CompletionContext) => number;
}

/** Called at each line's end, and with what there is of the next line. Each text begins with the one before it. */
export type StopCheck = (decoded: DecodedText) => Stop | undefined;

/** Why decoding ends, and how many characters of the text to keep. */
export interface Stop {
  readonly keep: number;
  readonly reason: 'line' | 'bracket' | 'blankLine' | 'scope' | 'suffix' | 'repetition' | 'maxLines';
}

/** A text while it is decoded. */
interface DecodedText {
  /** All of it, up to the end of a line or the last token. */
  readonly text: string;
  /** Its whole lines, the first one with what is before the cursor on its line. */
  readonly lines: readonly string[];
  /** The offset in the text at which each of them begins. */
  readonly starts: readonly number[];
  /** The offset of the current line: the last whole one at its end, or the growing one. */
  readonly lineStart: number;
  /** Whether the current line is whole. */
  readonly isLineEnd: boolean;
}

/** A text that isn't finished, for {@link Rule.mightBeDropped}. */
export interface PartialText {
  /** Its whole lines. */
  readonly lines: readonly string[];
  /** The line after them, as far as it is written. */
  readonly last: string;
  /** The last line trimmed, with what is before the cursor if it is the first; `''` when it is held back or blank. */
  readonly line: string;
  /** Whether the whole lines are blank, so that the text begins with the last one. */
  readonly isFirst: boolean;
}

/** Lines above or below the cursor that a text may repeat. */
export const COMPARED_LINES = 4;

/** Ends a text before the line that begins at `start`. */
export function stopBefore(start: number, reason: Stop['reason']): Stop {
  return { keep: Math.max(0, start - 1), reason };
}

/** The text's lines, the first one with what is before the cursor on its line. */
export function documentLines(text: string, { linePrefix }: CompletionContext): string[] {
  return (linePrefix + text).split('\n');
}

/** Whether one of several lines begins with `beginning`, which is trimmed. */
export function isBeginningOf(lines: readonly string[], beginning: string): boolean {
  return beginning !== '' && lines.some((line) => line.trim().startsWith(beginning));
}
