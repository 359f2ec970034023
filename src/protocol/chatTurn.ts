import { list, number, oneOf, record, tagged, text, type Check } from './shape.js';

/** Lines of a file, counted from 0, both included. */
export interface ChatPlace {
  readonly uri: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Code that goes with a question. */
export interface ChatAttachment {
  readonly id: string;
  /** What is shown for it, e.g. `src/app.ts:3-9`. */
  readonly label: string;
  readonly languageId: string;
  readonly code: string;
  readonly place?: ChatPlace;
}

export interface UserTurn {
  readonly role: 'user';
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly ChatAttachment[];
}

/** How an answer stands. `interrupted`: the engine went away in the middle; `length`: the context was full. */
export type AnswerState = 'streaming' | 'done' | 'length' | 'stopped' | 'interrupted' | 'failed';

export interface AssistantTurn {
  readonly role: 'assistant';
  readonly id: string;
  /** Markdown. */
  readonly text: string;
  /** What the model thought before it answered; empty where it doesn't. */
  readonly thinking: string;
  readonly state: AnswerState;
  readonly figures?: AnswerFigures;
  readonly failure?: AnswerFailure;
}

export interface AnswerFigures {
  readonly model: string;
  readonly tokensPerSecond: number;
  /** Earlier messages that the model didn't see any more. */
  readonly droppedMessages: number;
}

/** A sentence for the user, and the labels of what can be done about it. */
export interface AnswerFailure {
  readonly message: string;
  readonly actions: readonly string[];
}

export type ChatTurn = UserTurn | AssistantTurn;

const placeShape = record({ uri: text, startLine: number, endLine: number });

export const attachmentShape: Check = record(
  { id: text, label: text, languageId: text, code: text },
  { place: placeShape },
);

export const turnShape: Check = tagged('role', {
  user: record({ id: text, text, attachments: list(attachmentShape) }),
  assistant: record(
    {
      id: text,
      text,
      thinking: text,
      state: oneOf('streaming', 'done', 'length', 'stopped', 'interrupted', 'failed'),
    },
    {
      figures: record({ model: text, tokensPerSecond: number, droppedMessages: number }),
      failure: record({ message: text, actions: list(text) }),
    },
  ),
});
