import { conversationTitle, type Conversation } from '../../../chatCore/conversation.js';
import type { ChatTurn } from '../../../protocol/chatTurn.js';
import type { BrowserWords } from '../words/browserWords.js';

/** Version of the exported JSON's format. */
const VERSION = 1;
/** By then the browser has started the download and keeps its content itself. */
const REVOKE_AFTER_MS = 10_000;

/** Downloads one conversation as Markdown. */
export function exportAsMarkdown(conversation: Conversation, words: BrowserWords): void {
  const name = fileName(conversationTitle(conversation.turns));
  download(`${name}.md`, 'text/markdown', markdownOf(conversation, words));
}

/** Downloads conversations as JSON. */
export function exportAsJson(conversations: readonly Conversation[]): void {
  const content = { version: VERSION, exportedAt: new Date().toISOString(), conversations };
  download('youtu-chats.json', 'application/json', `${JSON.stringify(content, undefined, 1)}\n`);
}

/** A conversation as a Markdown document. */
function markdownOf({ turns }: Conversation, words: BrowserWords): string {
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

/** A name for a file with that title, without characters that some systems forbid. */
function fileName(title: string): string {
  const name = title
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return name === '' ? 'chat' : name;
}

function download(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
