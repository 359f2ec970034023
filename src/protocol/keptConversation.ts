import { turnShape, type AssistantTurn, type ChatTurn } from './chatTurn.js';
import { list, number, record, text } from './shape.js';

/** A conversation as whoever serves the page keeps it. */
export interface Conversation {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly turns: readonly ChatTurn[];
}

const shape = record({ id: text, createdAt: number, updatedAt: number, turns: list(turnShape) });

/**
 * Checks one that was kept. An answer that was still coming when its page or window went away is one that was
 * interrupted.
 * @returns `undefined` for what isn't a conversation, or only a part of one
 */
export function readConversation(value: unknown): Conversation | undefined {
  if (!shape(value)) return undefined;
  const { id, createdAt, updatedAt, turns } = value as Conversation;
  return {
    id,
    createdAt,
    updatedAt,
    turns: turns.map((turn): ChatTurn => (turn.role === 'assistant' ? restored(turn) : turn)),
  };
}

/** What was kept says which sentence was shown, but not which commands may be run. */
function restored(turn: AssistantTurn): AssistantTurn {
  return {
    ...turn,
    ...(turn.state === 'streaming' ? { state: 'interrupted' as const } : {}),
    ...(turn.failure === undefined ? {} : { failure: { message: turn.failure.message, actions: [] } }),
  };
}
