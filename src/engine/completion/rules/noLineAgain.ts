import { linesAbove } from '../neighbourLines.js';
import { LONGEST_TURN, repeatedNear } from '../repeatedNear.js';
import type { Rule } from './rule.js';

/** Ends the text where it says a line again that it, or the text right above, has said a few lines before. */
export const noLineAgain: Rule = (text, context) => {
  const lines = text.split('\n');
  const own = lines.map((line, i) => (i === 0 ? context.linePrefix + line : line));
  const found = repeatedNear(own, linesAbove(context, LONGEST_TURN).reverse(), context);
  return found === undefined ? text : lines.slice(0, found).join('\n').trimEnd();
};
