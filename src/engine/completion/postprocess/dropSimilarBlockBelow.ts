import { distance } from 'fastest-levenshtein';
import { linesBelow } from '../../language/textAround.js';
import { COMPARED_LINES, documentLines, type Rule } from './rule.js';

/** Lines that are compared, and the share of their characters that may differ. */
const MAX_LINES = 3;
const TOLERANCE = 0.05;
/** Longer texts are not compared: the work grows with the square. */
const MAX_LENGTH = 1200;
/** Share of a line that may differ from one that a growing line turns into. */
const LINE_TOLERANCE = 0.1;
/** Longer growing lines are only compared exactly. */
const MAX_LINE_LENGTH = 200;

/** Drops a text whose lines are nearly the next lines of the document, which the model copied. */
export const dropSimilarBlockBelow: Rule = {
  name: 'dropSimilarBlockBelow',
  drop: (text, context) => {
    const written = writtenLines(documentLines(text, context)).slice(0, MAX_LINES);
    const below = linesBelow(context, written.length);
    if (written.length < 2 || below.length < written.length) return text;
    return differingShare(joined(written), joined(below), TOLERANCE) <= TOLERANCE ? '' : text;
  },
  mightBeDropped: ({ lines, line, isFirst }, context) => {
    const below = linesBelow(context, COMPARED_LINES);
    if (lines.length > 0) {
      const written = writtenLines(documentLines(lines.join('\n'), context));
      const isFew = written.length > 0 && written.length < below.length;
      if (isFew && written.every((each, i) => mightBecome(each.trim(), below[i] ?? '')))
        return lines.length + 1;
    }
    return isFirst && line !== '' && mightBecome(line, below[0] ?? '') ? 1 : 0;
  },
};

function writtenLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '');
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join('\n');
}

/**
 * How much of two texts differs, from 0 to 1: edits (Levenshtein) by the longer one's length. Where the lengths alone
 * differ by more than `tolerance`, that is the answer.
 */
function differingShare(a: string, b: string, tolerance: number): number {
  if (a === b) return 0;
  const length = Math.max(a.length, b.length);
  if (length > MAX_LENGTH) return 1;
  const minShare = Math.abs(a.length - b.length) / length;
  return minShare > tolerance ? minShare : distance(a, b) / length;
}

/** Whether a line that is still being written may become another one, but for a few characters. */
function mightBecome(line: string, other: string): boolean {
  const whole = other.trim();
  if (line.length > MAX_LINE_LENGTH) return whole.startsWith(line);
  const differing = differingShare(line, whole.slice(0, line.length), 1) * line.length;
  return differing <= whole.length * LINE_TOLERANCE;
}
