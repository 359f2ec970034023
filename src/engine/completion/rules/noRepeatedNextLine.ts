import { linesBelow } from '../neighbourLines.js';
import { repeatsBelow } from '../repeatedLine.js';
import type { Rule } from './rule.js';

/** Ends the text where it begins to write what stands below the cursor already. */
export const noRepeatedNextLine: Rule = (text, context) => {
  const [next] = linesBelow(context, 1);
  const lines = text.split('\n');
  const found = lines.findIndex(
    (line, i) =>
      line.trim() !== '' && repeatsBelow(i === 0 ? context.linePrefix + line : line, next, context),
  );
  return found < 0 ? text : lines.slice(0, found).join('\n');
};
