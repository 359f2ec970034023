/** Looks up the table of languages: by id or alias, and by a file's name or first line. */
import { basename, extname } from 'node:path';
import { NEUTRAL, UNKNOWN, type Language } from './language.js';
import { LANGUAGES } from './languages.js';

export type { Language } from './language.js';

const BY_ID: ReadonlyMap<string, Language> = new Map(
  Object.entries(LANGUAGES).map(([id, row]) => [id, { ...NEUTRAL, id, fence: id, ...row }]),
);
const BY_ALIAS = idsBy('aliases');
/** By file names, and endings with a star before them, in lower case. */
const BY_FILE = idsBy('files');
const BY_INTERPRETER = idsBy('interpreters');

/** Lines that only C++ has. */
const CPP =
  /^\s*(?:template\s*<|namespace\b[\w\s:]*(?:\{|$)|class\s+\w+\s*(?:[:{;]|$)|enum\s+class\b|using\s+(?:namespace\b|\w+\s*=|[\w:]+;)|(?:public|private|protected)\s*:|constexpr\b)|\bstd::|\bnullptr\b|\bstatic_cast\s*</m;

/** @returns the language of an id or alias; an unknown one is called by its id */
export function languageOf(id: string): Language {
  const lower = id.toLowerCase();
  // Emacs' modes, and Neovim's file types of two parts: `python-ts-mode`, `yaml.gitlab`.
  const names = [lower, lower.replace(/(?:-ts)?(?:-mode)?$/, ''), lower.split('.')[0] ?? ''];
  const known = names.map((name) => BY_ID.get(BY_ALIAS.get(name) ?? name)).find(isKnown);
  return known ?? { ...UNKNOWN, id, name: id.charAt(0).toUpperCase() + id.slice(1), fence: id };
}

function isKnown(language: Language | undefined): language is Language {
  return language !== undefined;
}

/**
 * VS Code's id of what an editor calls `id`: an alias gives its language's id, an unknown id that of the file if
 * that is known, or else itself.
 */
export function standardLanguageId(id: string, path: string, text: string): string {
  const { id: found } = languageOf(id);
  return BY_ID.has(found) ? found : (knownLanguageOfFile(path, text) ?? id);
}

/**
 * VS Code's id of a file that no editor has open, by its name, its ending, or the program on its `#!` line. A file
 * with an unknown ending has that as its id, and one without an ending is plain text.
 * @param text the file's text, if it has been read: it tells a header in C from one in C++
 */
export function languageOfFile(path: string, text = ''): string {
  return knownLanguageOfFile(path, text) ?? (extname(path).slice(1).toLowerCase() || 'plaintext');
}

function knownLanguageOfFile(path: string, text: string): string | undefined {
  const name = basename(path).toLowerCase();
  const ending = extname(name);
  if (ending === '.h' && text !== '') return CPP.test(text) ? 'cpp' : 'c';
  // Dockerfile.dev, Makefile.am, .env.local
  const [beforeDot = ''] = /^\.?[^.]*/.exec(name) ?? [];
  return (
    BY_FILE.get(name) ?? BY_FILE.get(`*${ending}`) ?? BY_FILE.get(beforeDot) ?? languageOfFirstLine(text)
  );
}

function languageOfFirstLine(text: string): string | undefined {
  const [, program = ''] =
    /^\uFEFF?#!\s*(?:\S*\/env\s+(?:(?:-\S+|\w+=\S*)\s+)*)?(?:\S*\/)?([\w.-]+)/.exec(text) ?? [];
  return BY_INTERPRETER.get(program.toLowerCase().replace(/(?<![\d.])[\d.]+$/, ''));
}

function idsBy(column: 'aliases' | 'files' | 'interpreters'): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(LANGUAGES).flatMap(([id, row]) =>
      (row[column] ?? '')
        .split(' ')
        .filter((name) => name !== '')
        .map((name) => [name.toLowerCase(), id] as const),
    ),
  );
}
