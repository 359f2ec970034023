/** Conversations as they are stored: reading them, and merging what several windows have stored. */
import * as z from 'zod/mini';
import type { AssistantTurn, ChatTurn } from '../protocol/chatTurn.js';
import { answerStats, turn } from './chatSchemas.js';
import { conversationTitle, type Conversation } from './conversation.js';
import type { StoredConversation, StoredEntry } from './conversationArea.js';

/** Of a stored conversation's format. In a browser version 0.1 stored none. */
const VERSION = 1;

export type ReadEntry =
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  /** A newer version of the extension or page has stored it. What of it can be read is for the list only. */
  | { readonly kind: 'newer'; readonly title: string; readonly updatedAt: number }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unreadable'; readonly error: unknown };

const conversation: z.ZodMiniType<Conversation> = z.looseObject({
  id: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  turns: z.array(turn),
});

const versioned = z.looseObject({ version: z.optional(z.union([z.string(), z.number()])) });
const newerTime = z.looseObject({ updatedAt: z.number() });
const newerTurns = z.looseObject({ turns: z.array(z.looseObject({ role: z.string(), text: z.string() })) });

export function toStored(kept: Conversation): StoredConversation {
  return { version: String(VERSION), ...kept };
}

/** Reads what is stored under an id. An answer that was streaming when its window ended counts as interrupted. */
export function readEntry(id: string, entry: StoredEntry): ReadEntry {
  if ('error' in entry) return { kind: 'unreadable', error: entry.error };
  const { value } = entry;
  const version = versioned.safeParse(value).data?.version ?? VERSION;
  // A version that isn't a number is none of an earlier version's.
  if (!(Number(version) <= VERSION)) return newer(value);
  const read = readConversation(value);
  // An entry under a wrong id would be saved under its own next time, and be there twice.
  return read?.id === id ? { kind: 'conversation', conversation: read } : { kind: 'damaged' };
}

/** @returns `undefined` for what isn't a conversation, or only a part of one */
export function readConversation(value: unknown): Conversation | undefined {
  const read = conversation.safeParse(value).data;
  if (read === undefined) return undefined;
  const kept: Conversation & { version?: unknown } = { ...read, turns: read.turns.map(restored) };
  delete kept.version;
  return kept;
}

/**
 * What two windows have made of one conversation: the stored turns, then those that only `mine` has. A turn that both
 * have is the stored one if only the other window has changed it.
 * @param base `mine` as it was last stored or loaded; without it, every turn counts as changed here
 */
export function mergeConversations(
  mine: Conversation,
  base: Conversation | undefined,
  stored: Conversation,
): Conversation {
  const own = byId(mine.turns);
  const before = byId(base?.turns ?? []);
  const isChangedElsewhere = (turn: ChatTurn): boolean => {
    const known = before.get(turn.id);
    return known !== undefined && known === own.get(turn.id) && !isSame(restored(known), turn);
  };
  const storedTurns = stored.turns.map((theirs) =>
    isChangedElsewhere(theirs) ? theirs : (own.get(theirs.id) ?? theirs),
  );
  const storedIds = byId(stored.turns);
  const turns = [...storedTurns, ...mine.turns.filter(({ id }) => !storedIds.has(id))];
  const isUnchanged =
    turns.length === mine.turns.length && turns.every((turn, index) => turn === mine.turns[index]);
  if (isUnchanged) return mine;
  return { ...stored, ...mine, turns, updatedAt: Math.max(mine.updatedAt, stored.updatedAt) };
}

function newer(value: unknown): ReadEntry {
  const turns = newerTurns.safeParse(value).data?.turns ?? [];
  const questions = turns.filter(({ role }) => role === 'user');
  const title = conversationTitle(
    questions.map(({ text }) => ({ role: 'user', id: '', text, attachments: [] })),
  );
  return { kind: 'newer', title, updatedAt: newerTime.safeParse(value).data?.updatedAt ?? 0 };
}

/** A stored answer says which failure was shown, but not which commands may be run. */
function restored(turn: ChatTurn): ChatTurn {
  if (turn.role === 'user') return turn;
  // Up to version 0.1 the field `stats` was called `figures`.
  const { figures, ...rest } = turn as AssistantTurn & { readonly figures?: unknown };
  const stats = rest.stats ?? answerStats.safeParse(figures).data;
  return {
    ...rest,
    ...(stats === undefined ? {} : { stats }),
    ...(turn.state === 'streaming' ? { state: 'interrupted' as const } : {}),
    ...(turn.failure === undefined ? {} : { failure: { message: turn.failure.message, actions: [] } }),
  };
}

function byId(turns: readonly ChatTurn[]): ReadonlyMap<string, ChatTurn> {
  return new Map(turns.map((turn) => [turn.id, turn]));
}

function isSame(one: ChatTurn, other: ChatTurn): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}
