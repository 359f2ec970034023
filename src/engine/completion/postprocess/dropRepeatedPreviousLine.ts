import { repeatedAbove } from './repeatedAbove.js';
import type { Rule } from './rule.js';

/**
 * Drops a text that only writes the line above, or the last few, once more. Where more follows, that stays: the model
 * has begun some lines too early.
 */
export const dropRepeatedPreviousLine: Rule = (text, context) => {
  const { linePrefix } = context;
  const lines = text.split('\n');
  const { start, count } = repeatedAbove(lines, context);
  if (count === 0) return text;
  const rest = lines.slice(start + count);
  if (rest.every((line) => line.trim() === '')) return '';
  if (start > 0) return [...lines.slice(0, start), ...rest].join('\n');
  const [first = ''] = rest;
  // Behind text on the cursor's line the rest would have to begin below it.
  return linePrefix.trim() === '' && first.startsWith(linePrefix)
    ? rest.join('\n').slice(linePrefix.length)
    : '';
};
