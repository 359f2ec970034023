import { comparedBelow, repeatedBelow } from './repeatedBelow.js';
import type { Rule } from './rule.js';

/** Ends the text where it begins to write what stands below the cursor already. */
export const dropRepeatedNextLine: Rule = (text, context) => {
  const lines = text.split('\n');
  // A line that is finished before the cursor is none of the text's.
  const own = lines.map((line, i) => (i === 0 && line.trim() !== '' ? context.linePrefix + line : line));
  const found = repeatedBelow(own, comparedBelow(context), context);
  return found === undefined ? text : lines.slice(0, found).join('\n');
};
