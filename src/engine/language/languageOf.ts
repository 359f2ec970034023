/** Looks up the table of languages: by id or alias, and by a file's name or first line. */
import { basename, extname } from 'node:path';
import { NEUTRAL, UNKNOWN, type Language } from './language.js';
import { LANGUAGES } from './languages.js';

export type { Language } from './language.js';

const BY_ID: ReadonlyMap<string, Language> = new Map(
  Object.entries(LANGUAGES).map(([id, row]) => [id, { ...NEUTRAL, id, fence: id, ...row }]),
);
const BY_ALIAS = idsBy('aliases');
/** By file names, and endings with a star before them, in lower case unless a name is of capitals only. */
const BY_FILE = idsBy('files');
const BY_INTERPRETER = idsBy('interpreters');

/** Lines that only C++ has. */
const CPP =
  /^[ \t]*(?:template\s*<|namespace\b[\w\s:]*(?:\{|$)|class\s+\w+\s*(?:[:{;]|$)|enum\s+class\b|using\s+(?:namespace\b|\w+\s*=|[\w:]+;)|(?:public|private|protected)\s*:|constexpr\b)|\bstd::|\bnullptr\b|\bstatic_cast\s*</m;

const TEMPLATE_ENDING = /(?<=[^.])\.(?:in|dist|example|sample|template|default|bak|orig|old)$/i;

/** First lines without a `#!` by which files without a known ending are recognized. */
const FIRST_LINES: readonly (readonly [RegExp, string])[] = [
  [/^<\?php\b/i, 'php'],
  [/^<\?xml\b/i, 'xml'],
  [/^<(?:!doctype html|html)\b/i, 'html'],
  [/^#(?:compdef|autoload)\b/, 'shellscript'],
  [/^%!PS/, 'postscript'],
];

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
  // config.toml.example, config.h.in: what the file becomes.
  const name = basename(path).replace(TEMPLATE_ENDING, '');
  const ending = extname(name).toLowerCase();
  if (ending === '.h' && text !== '') return CPP.test(text) ? 'cpp' : 'c';
  const [lastTwo = ''] = /\.[^.]+\.[^.]+$/.exec(name) ?? [];
  // Dockerfile.dev, Makefile.am, .env.local
  const [beforeDot = ''] = /^\.?[^.]*/.exec(name) ?? [];
  return (
    idOfName(name) ??
    idOfName(`*${lastTwo}`) ??
    idOfName(`*${ending}`) ??
    idOfName(beforeDot) ??
    languageOfFirstLine(text)
  );
}

/** Names of capitals only are found as they are written: `build` may be any program. */
function idOfName(name: string): string | undefined {
  return BY_FILE.get(name) ?? BY_FILE.get(name.toLowerCase());
}

function languageOfFirstLine(text: string): string | undefined {
  const [, firstLine = ''] = /^\uFEFF?(\S[^\r\n]{0,1000})/.exec(text) ?? [];
  if (firstLine.startsWith('#!')) return languageOfPrograms(text);
  const [, mode] = /-\*-(?:.*\bmode:)?\s*([\w+#-]+)\s*(?:;.*)?-\*-/i.exec(firstLine) ?? [];
  const found = mode === undefined ? undefined : languageOf(mode).id;
  if (found !== undefined && BY_ID.has(found)) return found;
  return FIRST_LINES.find(([pattern]) => pattern.test(firstLine))?.[1];
}

/** The first known one: `env`, `sudo`, `npx` and their options come before it, `nix-shell` names it on a second line. */
function languageOfPrograms(text: string): string | undefined {
  const [lines = ''] = /^\uFEFF?(?:#![^\r\n]{0,1000}(?:\r\n?|\n|$)){1,4}/.exec(text) ?? [];
  return lines
    .split(/[\s=]+|#!|(?<=\s-\w*S)/)
    .map(languageOfProgram)
    .find((id) => id !== undefined);
}

/** @param word `/opt/bin/bash-5.1`, `python3.12`, `C:\\python.exe` */
function languageOfProgram(word: string): string | undefined {
  const name = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).toLowerCase();
  const program = name.replace(/\.exe$/, '');
  return BY_INTERPRETER.get(program) ?? BY_INTERPRETER.get(program.replace(/-?\d[\d.]*(?:-\w+)?$/, ''));
}

function idsBy(column: 'aliases' | 'files' | 'interpreters'): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(LANGUAGES).flatMap(([id, row]) =>
      (row[column] ?? '')
        .split(' ')
        .filter((name) => name !== '')
        .map((name) => [/^[A-Z_]+$/.test(name) ? name : name.toLowerCase(), id] as const),
    ),
  );
}
