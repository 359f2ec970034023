/**
 * What the chat's page and whoever serves it tell each other. The conversation lives with the server; the page shows
 * it. Both sides check what they receive.
 */
import type { ChatStrings } from './chatStrings.js';
import { attachmentShape, turnShape, type ChatAttachment, type ChatTurn } from './chatTurn.js';
import { list, number, oneOf, record, tagged, text, type Check } from './shape.js';

/** What the page shows of the engine. */
export type ChatViewStatus =
  /** Nothing stands in the way. `model` and `device` once they are known. */
  | { readonly kind: 'ready'; readonly model?: string; readonly device?: string }
  | { readonly kind: 'noModel' }
  /** Starting or loading; `progress` 0…1 where it is known. */
  | { readonly kind: 'busy'; readonly message: string; readonly progress?: number }
  /** The engine died and stays stopped. */
  | { readonly kind: 'stopped' }
  /** The model can't be used; the sentence says why. */
  | { readonly kind: 'failed'; readonly message: string };

export const VIEW_COMMANDS = ['downloadModel', 'chooseModel', 'restartEngine', 'showLog'] as const;
/** What a button of the page's own may run. */
export type ViewCommand = (typeof VIEW_COMMANDS)[number];

/** What is being written. Page and server both keep it, and neither keeps it surely: the higher revision is newer. */
export interface ChatDraftText {
  readonly text: string;
  readonly revision: number;
}

export const draftShape: Check = record({ text, revision: number });

/** To the page. */
export type ChatViewMessage =
  | {
      readonly kind: 'init';
      readonly strings: ChatStrings;
      readonly turns: readonly ChatTurn[];
      readonly status: ChatViewStatus;
      readonly attachments: readonly ChatAttachment[];
      readonly draft: ChatDraftText;
    }
  /** Another conversation, or none: replaces all turns. */
  | { readonly kind: 'conversation'; readonly turns: readonly ChatTurn[] }
  /** Adds a turn, or replaces the one with its id. */
  | { readonly kind: 'turn'; readonly turn: ChatTurn }
  /** More of a streaming answer. */
  | {
      readonly kind: 'delta';
      readonly turn: string;
      readonly part: 'text' | 'thinking';
      readonly text: string;
    }
  /** Tokens of the conversation read before the answer begins. */
  | { readonly kind: 'reading'; readonly turn: string; readonly done: number; readonly total: number }
  | { readonly kind: 'status'; readonly status: ChatViewStatus }
  /** Code that the next question will carry. */
  | { readonly kind: 'attachments'; readonly attachments: readonly ChatAttachment[] }
  /** The question was taken over: the page may empty its input. */
  | { readonly kind: 'accepted'; readonly request: string }
  | { readonly kind: 'focus' };

/** From the page. */
export type ChatPageMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'send'; readonly request: string; readonly text: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'retry'; readonly turn: string }
  /** One of a failed turn's actions, by its index. */
  | { readonly kind: 'runAction'; readonly turn: string; readonly action: number }
  | { readonly kind: 'command'; readonly command: ViewCommand }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'insert'; readonly text: string }
  | { readonly kind: 'newFile'; readonly text: string; readonly language: string }
  /** A link of an answer: http(s), or a path in the workspace. */
  | { readonly kind: 'openLink'; readonly href: string }
  /** An attachment's place; the attachment is one of a turn's or of the next question's. */
  | { readonly kind: 'openPlace'; readonly attachment: string }
  | { readonly kind: 'removeAttachment'; readonly attachment: string }
  | { readonly kind: 'draft'; readonly draft: ChatDraftText };

const statusShape = tagged('kind', {
  ready: record({}, { model: text, device: text }),
  noModel: record({}),
  busy: record({ message: text }, { progress: number }),
  stopped: record({}),
  failed: record({ message: text }),
});

const viewMessageShape = tagged('kind', {
  init: record({
    strings: record({}),
    turns: list(turnShape),
    status: statusShape,
    attachments: list(attachmentShape),
    draft: draftShape,
  }),
  conversation: record({ turns: list(turnShape) }),
  turn: record({ turn: turnShape }),
  delta: record({ turn: text, part: oneOf('text', 'thinking'), text }),
  reading: record({ turn: text, done: number, total: number }),
  status: record({ status: statusShape }),
  attachments: record({ attachments: list(attachmentShape) }),
  accepted: record({ request: text }),
  focus: record({}),
} satisfies Record<ChatViewMessage['kind'], Check>);

const pageMessageShape = tagged('kind', {
  ready: record({}),
  send: record({ request: text, text }),
  stop: record({}),
  retry: record({ turn: text }),
  runAction: record({ turn: text, action: number }),
  command: record({ command: oneOf(...VIEW_COMMANDS) }),
  copy: record({ text }),
  insert: record({ text }),
  newFile: record({ text, language: text }),
  openLink: record({ href: text }),
  openPlace: record({ attachment: text }),
  removeAttachment: record({ attachment: text }),
  draft: record({ draft: draftShape }),
} satisfies Record<ChatPageMessage['kind'], Check>);

export function isChatViewMessage(value: unknown): value is ChatViewMessage {
  return viewMessageShape(value);
}

export function isChatPageMessage(value: unknown): value is ChatPageMessage {
  return pageMessageShape(value);
}
