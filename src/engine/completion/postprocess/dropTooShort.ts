import type { Rule } from './rule.js';

const MIN_LENGTH = 4;

/** On a line of its own: what closes a block, a comment, a text. */
const CLOSES = /^(?:[)\]}]+\s*[{;,:]?|fi|end|"""|'''|\*\/|-->|;;)$/;
/** Behind something: a word, or punctuation that closes. */
const FINISHES = /[\p{L}\p{N}_]|^[\s.,;:()[\]{}<>"'`?!|+-]*[)\]}>"'`?!|][.;,:]?$|^[.;,:]$/u;

/**
 * Hides what is blank, and what is under four characters and finishes nothing. The few characters that complete what
 * is written are what a user wants to see, however few: `x` in `print(▮)`, `b` in `a = ▮;`, `);` at a statement's
 * end, the last letters of a word. So a short text stays when it has a word, or punctuation that closes, behind
 * something; on a line of its own only when it closes. What opens (`(`, ` {`), an operator or a comment's mark alone
 * is more noise than help.
 */
export const dropTooShort: Rule = (text, { linePrefix }) => {
  const written = text.trim();
  if (written.length >= MIN_LENGTH || (written.length > 0 && /[^\x00-\x7f]/.test(written))) return text;
  if (/\*\/$/.test(linePrefix + written)) return text;
  const isOwnLine = linePrefix.trim() === '' || text.startsWith('\n');
  return (isOwnLine ? CLOSES : FINISHES).test(written) ? text : '';
};
