import type { Rule } from './rule.js';

/** Ends the text at its first blank line: what comes after it is another thought. Blank lines at its start stay. */
export const cutAtBlankLine: Rule = (text) => {
  const end = /\S[^\n]*(\n[ \t]*(?=\n|$))/.exec(text);
  return end === null ? text : text.slice(0, end.index + end[0].length - (end[1] ?? '').length);
};
