import type { Rule } from './rule.js';

/** No blank at a line's end, and no blank lines at the text's end. */
export const trimTrailingWhitespace: Rule = (text) => {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines.join('\n');
};
