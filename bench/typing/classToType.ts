import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SourceFile } from '../corpus/sourceFiles.js';
import type { Visit } from './replay.js';

const CLASSES: Readonly<Record<string, string>> = {
  typescript: 'stockroom.ts.txt',
  python: 'retry_queue.py.txt',
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

function languageOf(fileName: string): SourceFile['language'] {
  if (fileName.endsWith('.py')) return 'python';
  return fileName.endsWith('.ts') ? 'typescript' : 'javascript';
}

/** Where so many keys lead: indentation comes by itself. */
function endOfKeys(text: string, keys: number): number {
  let left = keys;
  for (const match of text.matchAll(/\n[ \t]*|[^\n]/g)) if (left-- === 0) return match.index;
  return text.length;
}
