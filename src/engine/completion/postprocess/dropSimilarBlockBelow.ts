import { linesBelow } from '../../language/textAround.js';
import { distanceShare } from './distanceShare.js';
import type { Rule } from './rule.js';

const LINES = 3;
const TOLERANCE = 0.05;

/** Drops a text whose lines are nearly the next lines of the document: the model has written down what it saw. */
export const dropSimilarBlockBelow: Rule = (text, context) => {
  const own = (context.linePrefix + text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES);
  const below = linesBelow(context, own.length);
  if (own.length < 2 || below.length < own.length) return text;
  return distanceShare(joined(own), joined(below), TOLERANCE) <= TOLERANCE ? '' : text;
};

function joined(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join('\n');
}
