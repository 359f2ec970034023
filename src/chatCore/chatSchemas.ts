/** Checks of what comes from the other side of the page's boundary. */
import * as z from 'zod/mini';
import type { ChatStrings } from '../protocol/chatStrings.js';
import type { AnswerStats, ChatAttachment, ChatTurn } from '../protocol/chatTurn.js';
import {
  VIEW_COMMANDS,
  type ChatDraftText,
  type ChatPageMessage,
  type ChatViewMessage,
  type ChatViewStatus,
} from '../protocol/chatView.js';

/** The question that isn't asked yet, and the code that it will carry. */
export interface DraftContent {
  readonly draft: ChatDraftText;
  readonly attachments: readonly ChatAttachment[];
}

/** A schema for each field of `T` but its tag: one that is forgotten, or of a wrong type, doesn't compile. */
type Fields<T, Tag extends string> = {
  readonly [Name in Exclude<keyof T, Tag>]-?: z.ZodMiniType<T[Name]>;
};

/**
 * A union whose members differ in the value of the field `tag`, with the fields of each. Fields that it doesn't know are
 * kept, so that a newer version's entries survive being read and saved by this one.
 */
function tagged<T extends Readonly<Record<Tag, string>>, Tag extends string>(
  tag: Tag,
  members: { readonly [Name in T[Tag]]: Fields<Extract<T, Readonly<Record<Tag, Name>>>, Tag> },
): z.ZodMiniType<T> {
  const options = Object.entries<Readonly<Record<string, z.ZodMiniType>>>(members).map(([name, fields]) =>
    z.looseObject({ ...fields, [tag]: z.literal(name) }),
  );
  // The union's type is built from names that are only known as strings here.
  return z.discriminatedUnion(tag, options as unknown as [z.ZodMiniObject]) as unknown as z.ZodMiniType<T>;
}

const attachment: z.ZodMiniType<ChatAttachment> = z.looseObject({
  id: z.string(),
  label: z.string(),
  languageId: z.string(),
  code: z.string(),
  place: z.exactOptional(z.looseObject({ uri: z.string(), startLine: z.number(), endLine: z.number() })),
});

export const answerStats: z.ZodMiniType<AnswerStats> = z.looseObject({
  model: z.string(),
  tokensPerSecond: z.number(),
  droppedMessages: z.number(),
});

export const turn = tagged<ChatTurn, 'role'>('role', {
  user: { id: z.string(), text: z.string(), attachments: z.array(attachment) },
  assistant: {
    id: z.string(),
    text: z.string(),
    thinking: z.string(),
    state: z.enum(['streaming', 'done', 'length', 'stopped', 'interrupted', 'failed']),
    stats: z.exactOptional(answerStats),
    failure: z.exactOptional(z.looseObject({ message: z.string(), actions: z.array(z.string()) })),
  },
});

const status = tagged<ChatViewStatus, 'kind'>('kind', {
  ready: { model: z.exactOptional(z.string()), device: z.exactOptional(z.string()) },
  noModel: {},
  busy: { message: z.string(), progress: z.exactOptional(z.number()) },
  stopped: {},
  failed: { message: z.string() },
});

const draft: z.ZodMiniType<ChatDraftText> = z.looseObject({ text: z.string(), revision: z.number() });
const draftContent: z.ZodMiniType<DraftContent> = z.looseObject({ draft, attachments: z.array(attachment) });
const pageState = z.looseObject({ draft });

const viewMessage = tagged<ChatViewMessage, 'kind'>('kind', {
  init: {
    strings: z.custom<ChatStrings>(isObject),
    turns: z.array(turn),
    status,
    attachments: z.array(attachment),
    draft,
  },
  conversation: { turns: z.array(turn) },
  turn: { turn },
  delta: { turn: z.string(), part: z.enum(['text', 'thinking']), text: z.string() },
  reading: { turn: z.string(), done: z.number(), total: z.number() },
  status: { status },
  attachments: { attachments: z.array(attachment) },
  accepted: { request: z.string() },
  focus: {},
});

const pageMessage = tagged<ChatPageMessage, 'kind'>('kind', {
  ready: {},
  send: { request: z.string(), text: z.string() },
  stop: {},
  retry: { turn: z.string() },
  runAction: { turn: z.string(), action: z.number() },
  command: { command: z.enum(VIEW_COMMANDS) },
  copy: { text: z.string() },
  insert: { text: z.string() },
  newFile: { text: z.string(), language: z.string() },
  openLink: { href: z.string() },
  openPlace: { attachment: z.string() },
  removeAttachment: { attachment: z.string() },
  draft: { draft },
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

export function isChatViewMessage(value: unknown): value is ChatViewMessage {
  return viewMessage.safeParse(value).success;
}

export function isChatPageMessage(value: unknown): value is ChatPageMessage {
  return pageMessage.safeParse(value).success;
}

/** Reads the question that isn't asked yet. @returns `undefined` for anything else */
export function readDraftContent(value: unknown): DraftContent | undefined {
  return draftContent.safeParse(value).data;
}

/** Reads the draft that the page itself has kept. @returns `undefined` for anything else */
export function readPageState(value: unknown): { readonly draft: ChatDraftText } | undefined {
  return pageState.safeParse(value).data;
}
