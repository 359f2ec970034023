import { languageOf } from '../../language/languageOf.js';
import { lineRole, namesBranch, opensBlock } from '../../language/lineRole.js';
import type { Rule } from './rule.js';

/** Takes off an empty branch that is begun at the text's end: `} else {` alone would have to be removed again. */
export const dropEmptyBranch: Rule = {
  name: 'dropEmptyBranch',
  drop: (text, { languageId }) => {
    const lines = text.trimEnd().split('\n');
    const [last = '', before = ''] = lines.toReversed();
    const continues = (line: string): boolean => lineRole(line, languageId) === 'continuation';
    // Consecutive labels are no empty branches.
    const isEmpty =
      continues(last) && !continues(before) && namesBranch(last) && opensBlock(last, languageId);
    return isEmpty && lines.length > 1 && !languageOf(languageId).isProse
      ? lines.slice(0, -1).join('\n')
      : text;
  },
};

/** One blank where the text meets the line, not two: the prefix ends with one and the model begins with another. */
export const trimLeadingBlank: Rule = {
  name: 'trimLeadingBlank',
  drop: (text, { linePrefix }) =>
    /[ \t]$/.test(linePrefix) && linePrefix.trim() !== '' ? text.replace(/^[ \t]+/, '') : text,
};

/** No blank at a line's end, and no blank lines at the text's end. */
export const trimTrailingWhitespace: Rule = {
  name: 'trimTrailingWhitespace',
  drop: (text) => {
    const lines = text.split('\n').map((line) => line.trimEnd());
    while (lines.length > 0 && lines.at(-1) === '') lines.pop();
    return lines.join('\n');
  },
};

const MIN_LENGTH = 4;
/** On a line of its own: what closes a block, a comment, a text. */
const CLOSES = /^(?:[)\]}]+\s*[{;,:]?|fi|end|"""|'''|\*\/|-->|;;)$/;
/** After something: a word, or punctuation that closes. */
const FINISHES = /[\p{L}\p{N}_]|^[\s.,;:()[\]{}<>"'`?!|+-]*[)\]}>"'`?!|][.;,:]?$|^[.;,:]$/u;

/**
 * Drops what is blank, and what has under four characters and finishes nothing. The few characters that complete what
 * is written are wanted, however few: `x` in `print(▮)`, `b` in `a = ▮;`, `);` at a statement's end, the last letters
 * of a word. So a short text stays after something on its line when it has a word, or punctuation that closes; on a
 * line of its own only when it closes. What opens (`(`, ` {`), an operator or a comment's mark alone is noise.
 */
export const dropTooShort: Rule = {
  name: 'dropTooShort',
  drop: (text, { linePrefix }) => {
    const written = text.trim();
    if (written.length >= MIN_LENGTH || (written.length > 0 && /[^\x00-\x7f]/.test(written))) return text;
    if (/\*\/$/.test(linePrefix + written)) return text;
    const isOwnLine = linePrefix.trim() === '' || text.startsWith('\n');
    return (isOwnLine ? CLOSES : FINISHES).test(written) ? text : '';
  },
};
