import type { ChatMessage } from '../../protocol/chat.js';
import type { ChatAttachment, ChatTurn, UserTurn } from '../../protocol/chatTurn.js';

/** What the model reads of a conversation: questions with their code, and the answers that came, before `answer`. */
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

/** Code first, question last: a small model keeps to what it has read last. */
function questionText({ text, attachments }: UserTurn): string {
  return [...attachments.map(codeBlock), text].filter((part) => part.trim() !== '').join('\n\n');
}

function codeBlock({ label, languageId, code }: ChatAttachment): string {
  // A fence longer than any in the code: Markdown files hold fences too.
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${label}\n${fence}${languageId}\n${code.replace(/\n$/, '')}\n${fence}`;
}
