/** The words of a change, by which a line about it is told from one that fits many changes. */
import { basename } from 'node:path/posix';
import type { ChangeFacts } from './changeFacts.js';
import { fileKindOf } from './fileKinds.js';
import { isQuotable } from './shownDiff.js';

export interface ChangeWords {
  /** Beginnings of the words in changed lines, paths and names. */
  readonly all: ReadonlySet<string>;
  /** Of those that only the old or only the new lines have, and of the names of what has changed. */
  readonly own: ReadonlySet<string>;
  /** Functions and types, as they are written. */
  readonly names: readonly string[];
  readonly changedLines: number;
  /** A model sees only a part of it. */
  readonly isLarge: boolean;
  /** Share of the changed lines that are in test files. */
  readonly testShare: number;
  /** The change speaks of something that was wrong, or adds a guard. */
  readonly hasRepair: boolean;
  /** It has a new file, or new functions, types or lines without old ones. */
  readonly hasNew: boolean;
}

/** Changed lines. */
const LARGE_CHANGE = 150;
const MIN_WORD = 3;
/** Letters by which two forms of a word are the same. */
const STEM = 5;
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  'and the for with from that this when into only not are was has have its their his without should'.split(
    ' ',
  ),
);
/** Words that fit nearly every change. */
const GENERAL: ReadonlySet<string> = new Set([
  ...FUNCTION_WORDS,
  ...(
    'given some any all new old code file files function functions method methods class line lines text value values ' +
    'type types item items name names data list test tests case cases support handling handle logic change changes ' +
    'feature functionality information message messages module project add update use make set get fix error errors ' +
    'issue issues'
  ).split(' '),
]);
const REPAIR =
  /\b(?:fix(?:es|ed)?|bugs?|regressions?|crash(?:es|ed)?|wrong(?:ly)?|broken|leaks?|no longer|throws?|raise|except|catch|null|undefined|None|isNaN|nil)\b|^\s*(?:if not\b|if \(!|else\b)|[?]{2}|\?\./im;

export function changeWords({ files, symbols }: ChangeFacts): ChangeWords {
  const lines = files.flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines)).filter(isQuotable);
  const side = (sign: string): string =>
    lines
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n');
  const [added, removed] = [side('+'), side('-')];
  const [fresh, gone] = [stemsOf(added), stemsOf(removed)];
  const paths = files.map(({ path, oldPath = '' }) => `${path} ${oldPath}`).join(' ');
  const names = [...symbols.added, ...symbols.removed, ...symbols.changed];
  const titles = stemsOf(
    `${names.join(' ')} ${files.map(({ path }) => basename(path).replace(/\..*$/, '')).join(' ')}`,
  );
  const inTests = files
    .filter(({ path }) => fileKindOf(path) === 'test')
    .reduce((sum, file) => sum + file.added + file.removed, 0);
  const [addedLines, removedLines] = [
    files.reduce((sum, each) => sum + each.added, 0),
    files.reduce((sum, each) => sum + each.removed, 0),
  ];
  const changedLines = addedLines + removedLines;
  return {
    all: new Set([...fresh, ...gone, ...titles, ...stemsOf(paths)]),
    own: new Set([
      ...[...fresh].filter((stem) => !gone.has(stem)),
      ...[...gone].filter((stem) => !fresh.has(stem)),
      ...titles,
    ]),
    names,
    changedLines,
    isLarge: changedLines > LARGE_CHANGE,
    testShare: changedLines === 0 ? 0 : inTests / changedLines,
    hasRepair: REPAIR.test(added),
    hasNew:
      symbols.added.length > 0 ||
      files.some(({ change }) => change === 'added') ||
      addedLines >= 2 * removedLines,
  };
}

/**
 * The words of a line that say what it is about, by their beginnings.
 * @param isSmall in a small change `values` may well be the name of what has changed
 */
export function contentStems(text: string, isSmall: boolean): readonly string[] {
  return wordsOf(text)
    .filter((word) => (isSmall ? !FUNCTION_WORDS.has(word) : !GENERAL.has(word)))
    .map(stemOf);
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).map(stemOf));
}

const stemOf = (word: string): string => word.replace(/(?<=\w{3})s$/, '').slice(0, STEM);

/** With the parts of `camelCase` and `snake_case` names; numbers of any length. */
function wordsOf(text: string): string[] {
  const parts = text.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ').match(/\p{L}+|\d+/gu) ?? [];
  return parts
    .filter((part) => part.length >= MIN_WORD || /^\d/.test(part))
    .map((part) => part.toLowerCase());
}
