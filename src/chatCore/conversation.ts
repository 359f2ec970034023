import type { ChatMessage } from '../protocol/chat.js';
import type {
  AnswerFailure,
  AnswerState,
  AnswerStats,
  AssistantTurn,
  ChatAttachment,
  ChatTurn,
  UserTurn,
} from '../protocol/chatTurn.js';

import { visibleText } from './hiddenCharacters.js';

/** Characters of a title; a longer one is cut. */
const MAX_TITLE_LENGTH = 60;

export interface Conversation {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly turns: readonly ChatTurn[];
}

/** An answer that the model has ended. */
export interface FinishedAnswer {
  readonly state: Extract<AnswerState, 'done' | 'length'>;
  readonly stats: AnswerStats;
  /** The whole text, from a source that sends it again at the end; it replaces what was streamed. */
  readonly text?: string;
}

/** All that can happen to a conversation. `turn` is an answer's id. */
export type ConversationEvent =
  | { readonly kind: 'asked'; readonly question: UserTurn; readonly turn: string }
  | {
      readonly kind: 'received';
      readonly turn: string;
      readonly part: 'text' | 'thinking';
      readonly text: string;
    }
  | { readonly kind: 'finished'; readonly turn: string; readonly answer: FinishedAnswer }
  | { readonly kind: 'stopped'; readonly turn: string }
  | { readonly kind: 'failed'; readonly turn: string; readonly failure: AnswerFailure }
  | { readonly kind: 'retried'; readonly turn: string };

export function emptyConversation(id: string, now: number): Conversation {
  return { id, createdAt: now, updatedAt: now, turns: [] };
}

/** The conversation after `event`. An event for an answer that is no longer there changes nothing. */
export function afterEvent(conversation: Conversation, event: ConversationEvent, now: number): Conversation {
  const turns = turnsAfter(conversation.turns, event);
  return turns === conversation.turns ? conversation : { ...conversation, turns, updatedAt: now };
}

export function isStreaming({ turns }: Conversation): boolean {
  return turns.some((turn) => turn.role === 'assistant' && turn.state === 'streaming');
}

/** A conversation's name in the history: its first question's first line. Empty before a question is asked. */
export function conversationTitle(turns: readonly ChatTurn[]): string {
  const question = turns.find((turn) => turn.role === 'user');
  const text = question?.text.trim() || question?.attachments[0]?.label || '';
  const line = (text.split('\n', 1)[0] ?? '').replaceAll(/\s+/g, ' ').trim();
  const characters = [...visibleText(line)];
  return characters.length <= MAX_TITLE_LENGTH
    ? characters.join('')
    : `${characters.slice(0, MAX_TITLE_LENGTH).join('').trimEnd()}…`;
}

/** The messages that the model gets for the answer with the id `answer`: all before it that have a text. */
export function modelMessages(turns: readonly ChatTurn[], answer: string): readonly ChatMessage[] {
  const end = turns.findIndex(({ id }) => id === answer);
  return turns
    .slice(0, end < 0 ? turns.length : end)
    .map((turn): ChatMessage =>
      turn.role === 'user'
        ? { role: 'user', content: questionText(turn) }
        : { role: 'assistant', content: turn.text },
    )
    .filter(({ content }) => content.trim() !== '');
}

function turnsAfter(turns: readonly ChatTurn[], event: ConversationEvent): readonly ChatTurn[] {
  switch (event.kind) {
    case 'asked':
      return [...turns, event.question, newAnswer(event.turn)];
    case 'received':
      return changed(turns, event.turn, (answer) =>
        answer.state === 'streaming' ? { ...answer, [event.part]: answer[event.part] + event.text } : answer,
      );
    case 'finished':
      return changed(turns, event.turn, (answer) => ({ ...answer, ...event.answer }));
    case 'stopped':
      return changed(turns, event.turn, (answer) => ({ ...answer, state: 'stopped' }));
    case 'failed':
      // The part that has arrived stays: it may be all that the user needed.
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
  const index = turns.findLastIndex((turn) => turn.id === id);
  const answer = turns[index];
  if (answer?.role !== 'assistant') return turns;
  // Some browsers that are still in use lack Array.with.
  return turns.map((turn, other) => (other === index ? change(answer) : turn));
}

/** Code first, question last: a small model follows best what it has read last. */
function questionText({ text, attachments }: UserTurn): string {
  return [...attachments.map(codeBlock), text].filter((part) => part.trim() !== '').join('\n\n');
}

function codeBlock({ label, languageId, code }: ChatAttachment): string {
  // A fence longer than any in the code, since Markdown files contain fences too.
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${label}\n${fence}${languageId}\n${code.replace(/\n$/, '')}\n${fence}`;
}
