import type { Conversation } from '../../../chatCore/conversation.js';
import { exportFileName, exportMarkdown } from '../../../chatCore/exportMarkdown.js';
import type { BrowserWords } from '../words/browserWords.js';

/** Version of the exported JSON's format. */
const VERSION = 1;
/** By then the browser has started the download and keeps its content itself. */
const REVOKE_AFTER_MS = 10_000;

/** Downloads one conversation as Markdown. */
export function exportAsMarkdown(conversation: Conversation, words: BrowserWords): void {
  const markdown = exportMarkdown(conversation, words.chat, words.untitled);
  download(exportFileName(conversation), 'text/markdown', markdown);
}

/** Downloads conversations as JSON. */
export function exportAsJson(conversations: readonly Conversation[]): void {
  const content = { version: VERSION, exportedAt: new Date().toISOString(), conversations };
  download('youtu-chats.json', 'application/json', `${JSON.stringify(content, undefined, 1)}\n`);
}

function download(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
