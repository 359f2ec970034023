import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Visit } from './replay.js';
import type { TypingLanguage } from './typingHabits.js';

const CLASSES: Readonly<Record<string, string>> = {
  typescript: 'stockroom.ts.txt',
  python: 'retry_queue.py.txt',
  go: 'ledger.go.txt',
  java: 'Playlist.java.txt',
  rust: 'grid.rs.txt',
};

const LANGUAGES: Readonly<Record<string, TypingLanguage>> = {
  '.ts': 'typescript',
  '.py': 'python',
  '.go': 'go',
  '.java': 'java',
  '.rs': 'rust',
};

/**
 * A class that is typed into an empty file from the start.
 * @param name a language or the path of a file
 * @param keys approximate number of keys to type; all by default
 */
export function classToType(name: string, keys: number | undefined): Visit[] {
  const entry = CLASSES[name];
  const path =
    entry === undefined
      ? name
      : join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'bench/corpus/typed', entry);
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trimEnd();
  const fileName = basename(path).replace(/\.txt$/, '');
  const file = {
    name: fileName,
    uri: `file:///typing/${fileName}`,
    language: languageOf(fileName),
    text: '',
    start: 0,
    goal: { text, end: text.length },
  };
  return [{ file, until: keys === undefined ? text.length : offsetAfterKeys(text, keys) }];
}

function languageOf(fileName: string): TypingLanguage {
  return LANGUAGES[extname(fileName)] ?? 'javascript';
}

/** The offset reached after this many keys; the editor inserts the indentation. */
function offsetAfterKeys(text: string, keys: number): number {
  let remaining = keys;
  for (const match of text.matchAll(/\n[ \t]*|[^\n]/g)) if (remaining-- === 0) return match.index;
  return text.length;
}
