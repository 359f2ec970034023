import { distance } from 'fastest-levenshtein';

/** Longer texts are not compared: the work grows with the square. */
const MAX_LENGTH = 1200;

/**
 * How much of two texts differs, from 0 to 1: edits (Levenshtein) by the longer one's length. Where the lengths alone
 * differ by more than `tolerance`, that is the answer.
 */
export function distanceShare(a: string, b: string, tolerance: number): number {
  if (a === b) return 0;
  const length = Math.max(a.length, b.length);
  if (length > MAX_LENGTH) return 1;
  const least = Math.abs(a.length - b.length) / length;
  return least > tolerance ? least : distance(a, b) / length;
}
