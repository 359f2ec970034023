import type { ChatTurn } from '../../protocol/chatTurn.js';

const LONGEST = 60;

/** A conversation's name in the list: its first question's first line. Empty before a question is asked. */
export function conversationTitle(turns: readonly ChatTurn[]): string {
  const question = turns.find((turn) => turn.role === 'user')?.text.trim() ?? '';
  const line = (question.split('\n', 1)[0] ?? '').replaceAll(/\s+/g, ' ');
  const characters = [...line];
  return characters.length <= LONGEST ? line : `${characters.slice(0, LONGEST).join('').trimEnd()}…`;
}
