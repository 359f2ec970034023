import type { Rule } from './rule.js';

/** No blank at a line's end, none twice at the seam, and nothing at all instead of only blanks. */
export const noTrailingBlank: Rule = (text, { linePrefix }) => {
  const seam = /[ \t]$/.test(linePrefix) && linePrefix.trim() !== '' ? text.replace(/^[ \t]+/, '') : text;
  const lines = seam.split('\n').map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines.join('\n');
};
