/**
 * Messages between the chat's page and its host: the extension, or in a browser an object in the same page. The host
 * has the conversation, the page shows it. Both check what they receive (`chatCore/chatSchemas.ts`).
 */
import type { ChatStrings } from './chatStrings.js';
import type { ChatAttachment, ChatTurn } from './chatTurn.js';

/** What the page shows of the engine. */
export type ChatViewStatus =
  /** Questions can be asked. `model` and `device` once they are known. */
  | { readonly kind: 'ready'; readonly model?: string; readonly device?: string }
  | { readonly kind: 'noModel' }
  /** Starting or loading; `progress` 0…1 where it is known. */
  | { readonly kind: 'busy'; readonly message: string; readonly progress?: number }
  /** The engine has stopped and won't be started again by itself. */
  | { readonly kind: 'stopped' }
  /** The model can't be used; the sentence says why. */
  | { readonly kind: 'failed'; readonly message: string };

export const VIEW_COMMANDS = ['downloadModel', 'chooseModel', 'restartEngine', 'showLog'] as const;
/** What a button of the page's notice may run. */
export type ViewCommand = (typeof VIEW_COMMANDS)[number];

/** The question being written. Page and host both keep it, and either may lose it: the higher revision is newer. */
export interface ChatDraftText {
  readonly text: string;
  readonly revision: number;
}

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
  /** Tokens of the prompt evaluated so far. */
  | { readonly kind: 'reading'; readonly turn: string; readonly done: number; readonly total: number }
  | { readonly kind: 'status'; readonly status: ChatViewStatus }
  /** Code that the next question will carry. */
  | { readonly kind: 'attachments'; readonly attachments: readonly ChatAttachment[] }
  /** The question is part of the conversation now: the page may clear its input. */
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
