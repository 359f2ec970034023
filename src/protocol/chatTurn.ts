/** Lines of a file, counted from 0, both included. */
export interface ChatLocation {
  readonly uri: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Code that is sent with a question. */
export interface ChatAttachment {
  readonly id: string;
  /** Shown to the user, e.g. `src/app.ts:3-9`. */
  readonly label: string;
  readonly languageId: string;
  readonly code: string;
  readonly place?: ChatLocation;
}

export interface UserTurn {
  readonly role: 'user';
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly ChatAttachment[];
}

/** State of an answer. `interrupted`: its source failed in the middle; `length`: it reached its limit of tokens. */
export type AnswerState = 'streaming' | 'done' | 'length' | 'stopped' | 'interrupted' | 'failed';

export interface AssistantTurn {
  readonly role: 'assistant';
  readonly id: string;
  /** Markdown. */
  readonly text: string;
  /** The model's reasoning before the answer; empty where it has none. */
  readonly thinking: string;
  readonly state: AnswerState;
  readonly stats?: AnswerStats;
  readonly failure?: AnswerFailure;
}

export interface AnswerStats {
  readonly model: string;
  readonly tokensPerSecond: number;
  /** Earlier messages that were left out because the context was full. */
  readonly droppedMessages: number;
}

/** A sentence for the user, and the labels of the buttons below it. */
export interface AnswerFailure {
  readonly message: string;
  readonly actions: readonly string[];
}

export type ChatTurn = UserTurn | AssistantTurn;
