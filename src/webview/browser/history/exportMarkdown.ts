import type { ChatTurn } from '../../../protocol/chatTurn.js';
import type { Conversation } from '../../../protocol/keptConversation.js';
import { conversationTitle } from '../../../protocol/conversationTitle.js';
import type { BrowserWords } from '../words/browserWords.js';

/** A conversation as a Markdown document. */
export function exportMarkdown({ turns }: Conversation, words: BrowserWords): string {
  const title = conversationTitle(turns) || words.untitled;
  return [`# ${title}`, ...turns.map((turn) => turnMarkdown(turn, words))].join('\n\n') + '\n';
}

function turnMarkdown(turn: ChatTurn, words: BrowserWords): string {
  const { you, assistant, answerStopped, answerInterrupted, answerCutShort } = words.chat;
  if (turn.role === 'user') return `## ${you}\n\n${turn.text.trim()}`;
  const notes = {
    streaming: '',
    done: '',
    failed: '',
    stopped: answerStopped,
    interrupted: answerInterrupted,
    length: answerCutShort,
  };
  const parts = [
    `## ${assistant}`,
    turn.thinking.trim() === ''
      ? ''
      : `<details>\n<summary>${words.chat.thoughts}</summary>\n\n${turn.thinking.trim()}\n\n</details>`,
    turn.text.trim(),
    italic(notes[turn.state]),
    italic(turn.failure?.message ?? ''),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function italic(text: string): string {
  return text === '' ? '' : `*${text}*`;
}
