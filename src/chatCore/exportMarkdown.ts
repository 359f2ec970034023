import type { ChatStrings } from '../protocol/chatStrings.js';
import type { ChatTurn } from '../protocol/chatTurn.js';
import { conversationTitle, type Conversation } from './conversation.js';

/** A conversation as a Markdown document. */
export function exportMarkdown({ turns }: Conversation, strings: ChatStrings, untitled: string): string {
  const title = conversationTitle(turns) || untitled;
  return [`# ${title}`, ...turns.map((turn) => turnMarkdown(turn, strings))].join('\n\n') + '\n';
}

function turnMarkdown(turn: ChatTurn, strings: ChatStrings): string {
  const { you, assistant, thoughts, answerStopped, answerInterrupted, answerCutShort } = strings;
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
      : `<details>\n<summary>${thoughts}</summary>\n\n${turn.thinking.trim()}\n\n</details>`,
    turn.text.trim(),
    italic(notes[turn.state]),
    italic(turn.failure?.message ?? ''),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function italic(text: string): string {
  return text === '' ? '' : `*${text}*`;
}

/** A name for the exported file, without characters that some systems forbid. */
export function exportFileName({ turns }: Conversation): string {
  const name = conversationTitle(turns)
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name === '' ? 'chat' : name}.md`;
}
