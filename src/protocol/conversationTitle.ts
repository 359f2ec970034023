import type { ChatTurn } from './chatTurn.js';

const MAX_LENGTH = 60;

/** A conversation's name in the history: its first question's first line. Empty before a question is asked. */
export function conversationTitle(turns: readonly ChatTurn[]): string {
  const question = turns.find((turn) => turn.role === 'user');
  const text = question?.text.trim() || question?.attachments[0]?.label || '';
  const line = (text.split('\n', 1)[0] ?? '').replaceAll(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= MAX_LENGTH ? line : `${characters.slice(0, MAX_LENGTH).join('').trimEnd()}…`;
}
