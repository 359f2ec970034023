/** How names are spelt: `camelCase`, `PascalCase`, `snake_case`, `SCREAMING_SNAKE_CASE`. */
import { builtInNames } from '../../syntax/names/unboundNames.js';
import { RESERVED_WORDS } from './reservedWords.js';

type NameCase = 'camel' | 'pascal' | 'snake' | 'screaming';

interface NameForm {
  /** What stands before the words and is no part of them: `_`, `__`, `#`, `$`, `@`. */
  readonly prefix: string;
  readonly case: NameCase;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const SNAKE_LANGUAGES: ReadonlySet<string> = new Set(
  'python rust ruby c elixir erlang lua r julia nim perl ocaml zig gdscript shellscript sql crystal'.split(
    ' ',
  ),
);
const CONSTANT = /\b(?:const|final|static)\b|^\s*#define\b|^[A-Z] *(?::[^=]*)?= *['"\d]/;
const MAX_WORDS = 6;
const MAX_LENGTH = 40;

/** All names that occur in a text, also in its comments and strings: what isn't among them is free in every scope. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(NAME));
}

/** @returns the name at a column, or that ends there, with its place in the line */
export function nameAt(
  line: string,
  column: number,
): { readonly name: string; readonly start: number } | undefined {
  for (const match of line.matchAll(NAME)) {
    const end = match.index + match[0].length;
    if (match.index <= column && column <= end) return { name: match[0], start: match.index };
  }
  return undefined;
}

/** The old name's own form. What a single word in lower case leaves open, the file's other names decide. */
export function formOf(name: string, all: ReadonlySet<string>, languageId: string, line: string): NameForm {
  const [prefix = ''] = /^[_$]+/.exec(name) ?? [];
  const bare = name.slice(prefix.length);
  // `N` alone may be a constant or a type.
  if (/^\p{Lu}$/u.test(bare) && CONSTANT.test(line)) return { prefix, case: 'screaming' };
  return { prefix, case: caseOf(bare) ?? usualCase(all, languageId) };
}

/** @returns `undefined` for a word that is the same in several of them */
function caseOf(bare: string): NameCase | undefined {
  if (/^\p{Lu}[\p{Lu}\p{N}_]+$/u.test(bare)) return 'screaming';
  if (/^\p{Lu}/u.test(bare)) return 'pascal';
  if (bare.includes('_')) return 'snake';
  return /\p{Lu}/u.test(bare) ? 'camel' : undefined;
}

function usualCase(all: ReadonlySet<string>, languageId: string): NameCase {
  const count = (wanted: NameCase): number => [...all].filter((name) => caseOf(name) === wanted).length;
  const [snake, camel] = [count('snake'), count('camel')];
  if (snake === camel) return SNAKE_LANGUAGES.has(languageId) ? 'snake' : 'camel';
  return snake > camel ? 'snake' : 'camel';
}

/** @returns the words of a model's proposal in the wanted form; `undefined` when they aren't a name */
export function inForm(proposal: string, form: NameForm): string | undefined {
  const words = proposal
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  if (words.length === 0 || words.length > MAX_WORDS || !words.every((word) => /^[a-z\d]+$/.test(word)))
    return undefined;
  const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
  const joined: Readonly<Record<NameCase, () => string>> = {
    camel: () => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
    pascal: () => words.map(capital).join(''),
    snake: () => words.join('_'),
    screaming: () => words.join('_').toUpperCase(),
  };
  const name = form.prefix + joined[form.case]();
  return /^\d/.test(name) || name.length > MAX_LENGTH ? undefined : name;
}

/** Whether a name can be given to something in a language. */
export function isFree(name: string, languageId: string, taken: ReadonlySet<string>): boolean {
  return !taken.has(name) && !RESERVED_WORDS.has(name) && builtInNames(languageId)?.has(name) !== true;
}
