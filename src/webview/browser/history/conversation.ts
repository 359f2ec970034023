import type { Conversation } from '../../../protocol/keptConversation.js';
import type { AssistantTurn } from '../../../protocol/chatTurn.js';
import { newId } from '../../newId.js';

export function emptyConversation(): Conversation {
  const now = Date.now();
  return { id: newId(), createdAt: now, updatedAt: now, turns: [] };
}

/** The conversation with another answer in the place of that one. Where it isn't there any more, nothing changes. */
export function withAnswer(
  conversation: Conversation,
  id: string,
  change: (answer: AssistantTurn) => AssistantTurn,
): Conversation {
  const place = conversation.turns.findLastIndex((turn) => turn.id === id);
  const answer = conversation.turns[place];
  if (answer?.role !== 'assistant') return conversation;
  // Array.with is younger than some browsers that are still in use.
  const turns = conversation.turns.map((turn, index) => (index === place ? change(answer) : turn));
  return { ...conversation, turns, updatedAt: Date.now() };
}

export function isStreaming({ turns }: Conversation): boolean {
  return turns.some((turn) => turn.role === 'assistant' && turn.state === 'streaming');
}
