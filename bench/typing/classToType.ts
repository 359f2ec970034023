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
 * A class that is typed into an empty file, from its first character on.
 * @param name a language, or a file's path
 * @param keys types only about so many
 */
export function classToType(name: string, keys: number | undefined): Visit[] {
  const known = CLASSES[name];
  const path =
    known === undefined
      ? name
      : join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'bench/corpus/typed', known);
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
  return [{ file, until: keys === undefined ? text.length : endOfKeys(text, keys) }];
}

function languageOf(fileName: string): TypingLanguage {
  return LANGUAGES[extname(fileName)] ?? 'javascript';
}

/** Where so many keys lead: indentation comes by itself. */
function endOfKeys(text: string, keys: number): number {
  let left = keys;
  for (const match of text.matchAll(/\n[ \t]*|[^\n]/g)) if (left-- === 0) return match.index;
  return text.length;
}
