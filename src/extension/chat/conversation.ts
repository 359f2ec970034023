import type { Conversation } from '../../protocol/keptConversation.js';
import type { ChatResult } from '../../protocol/chat.js';
import type { AnswerFailure, AssistantTurn, ChatTurn, UserTurn } from '../../protocol/chatTurn.js';

/** All that can happen to a conversation. `turn` is an answer's id. */
export type ConversationEvent =
  | { readonly kind: 'asked'; readonly question: UserTurn; readonly turn: string }
  | {
      readonly kind: 'received';
      readonly turn: string;
      readonly part: 'text' | 'thinking';
      readonly text: string;
    }
  | { readonly kind: 'finished'; readonly turn: string; readonly result: ChatResult }
  | { readonly kind: 'stopped'; readonly turn: string }
  | { readonly kind: 'failed'; readonly turn: string; readonly failure: AnswerFailure }
  | { readonly kind: 'retried'; readonly turn: string };

export function emptyConversation(id: string, now: number): Conversation {
  return { id, createdAt: now, updatedAt: now, turns: [] };
}

/** The conversation after `event`. An event for an answer that isn't there any more changes nothing. */
export function afterEvent(conversation: Conversation, event: ConversationEvent, now: number): Conversation {
  const turns = turnsAfter(conversation.turns, event);
  return turns === conversation.turns ? conversation : { ...conversation, turns, updatedAt: now };
}

function turnsAfter(turns: readonly ChatTurn[], event: ConversationEvent): readonly ChatTurn[] {
  switch (event.kind) {
    case 'asked':
      return [...turns, event.question, newAnswer(event.turn)];
    case 'received':
      return changed(turns, event.turn, (answer) =>
        answer.state === 'streaming' ? { ...answer, [event.part]: answer[event.part] + event.text } : answer,
      );
    case 'finished': {
      const { text, finish, model, tokensPerSecond, droppedMessages } = event.result;
      return changed(turns, event.turn, (answer) => ({
        ...answer,
        text,
        state: finish === 'length' ? 'length' : 'done',
        figures: { model, tokensPerSecond, droppedMessages },
      }));
    }
    case 'stopped':
      return changed(turns, event.turn, (answer) => ({ ...answer, state: 'stopped' }));
    case 'failed':
      // What had come stays: it may be all that the user needed.
      return changed(turns, event.turn, (answer) => ({
        ...answer,
        state: answer.text === '' && answer.thinking === '' ? 'failed' : 'interrupted',
        failure: event.failure,
      }));
    case 'retried':
      return changed(turns, event.turn, ({ id }) => newAnswer(id));
  }
}

function newAnswer(id: string): AssistantTurn {
  return { role: 'assistant', id, text: '', thinking: '', state: 'streaming' };
}

function changed(
  turns: readonly ChatTurn[],
  id: string,
  change: (answer: AssistantTurn) => AssistantTurn,
): readonly ChatTurn[] {
  const place = turns.findLastIndex((turn) => turn.id === id);
  const answer = turns[place];
  if (answer?.role !== 'assistant') return turns;
  return turns.with(place, change(answer));
}
