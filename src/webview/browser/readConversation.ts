import { turnShape, type AssistantTurn, type ChatTurn } from '../../protocol/chatTurn.js';
import { list, number, record, text } from '../../protocol/shape.js';
import type { Conversation } from './conversation.js';

const shape = record({ id: text, createdAt: number, updatedAt: number, turns: list(turnShape) });

/**
 * Reads a conversation that the browser has kept. An answer that was still coming when the page went away is one that
 * was interrupted.
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

/** What could be done about a failure was for that moment. */
function restored(turn: AssistantTurn): AssistantTurn {
  return {
    ...turn,
    ...(turn.state === 'streaming' ? { state: 'interrupted' as const } : {}),
    ...(turn.failure === undefined ? {} : { failure: { message: turn.failure.message, actions: [] } }),
  };
}
