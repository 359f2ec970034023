import { linesAbove } from '../../language/textAround.js';
import { MAX_TURN_LENGTH, repeatedNear } from './repeatedNear.js';
import type { Rule } from './rule.js';

/** Ends the text where it says a line again that it, or the text right above, has said a few lines before. */
export const cutRepeatedLine: Rule = (text, context) => {
  const lines = text.split('\n');
  const own = lines.map((line, i) => (i === 0 ? context.linePrefix + line : line));
  const found = repeatedNear(own, linesAbove(context, MAX_TURN_LENGTH).reverse(), context);
  return found === undefined ? text : lines.slice(0, found).join('\n').trimEnd();
};
