import { turnShape, type AssistantTurn, type ChatTurn } from '../../protocol/chatTurn.js';
import { list, number, oneOf, record, text } from '../../protocol/shape.js';
import type { Conversation } from './conversation.js';

const VERSION = '1';
const fileShape = record({
  version: oneOf(VERSION),
  id: text,
  createdAt: number,
  updatedAt: number,
  turns: list(turnShape),
});

/** A conversation as it lies on disk. */
export function writeConversation(conversation: Conversation): string {
  return `${JSON.stringify({ version: VERSION, ...conversation }, undefined, 1)}\n`;
}

/**
 * Reads it back. An answer that was still coming when the window went away is one that was interrupted.
 * @returns `undefined` for a file that isn't a conversation, or only a part of one
 */
export function readConversation(content: string): Conversation | undefined {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return undefined;
  }
  if (!fileShape(value)) return undefined;
  const { id, createdAt, updatedAt, turns } = value as Conversation;
  return {
    id,
    createdAt,
    updatedAt,
    turns: turns.map((turn): ChatTurn => (turn.role === 'assistant' ? restored(turn) : turn)),
  };
}

/** A file says which sentence was shown, but not which commands may be run. */
function restored(turn: AssistantTurn): AssistantTurn {
  return {
    ...turn,
    ...(turn.state === 'streaming' ? { state: 'interrupted' as const } : {}),
    ...(turn.failure === undefined ? {} : { failure: { message: turn.failure.message, actions: [] } }),
  };
}
