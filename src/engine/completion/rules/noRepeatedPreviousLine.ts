import type { Rule } from './rule.js';

/** Drops a text that only writes the line above once more. */
export const noRepeatedPreviousLine: Rule = (text, { prefix, linePrefix }) => {
  const above = prefix
    .slice(0, prefix.length - linePrefix.length)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1);
  if (above === undefined) return text;
  const [first = '', ...rest] = text.split('\n');
  const written = (linePrefix + first).trim();
  // Brackets and `else` may stand twice; a statement hardly ever does.
  if (written.length < 8 || written !== above.trim()) return text;
  return rest.length === 0 ? '' : text;
};
