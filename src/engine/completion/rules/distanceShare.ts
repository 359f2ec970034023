/** Longer texts are not compared: the work grows with the square. */
const LONGEST = 1200;

/**
 * How much of two texts differs, from 0 to 1: edits (Levenshtein) by the longer one's length. Where the lengths alone
 * differ by more than `tolerance`, that is the answer.
 */
export function distanceShare(a: string, b: string, tolerance: number): number {
  if (a === b) return 0;
  const length = Math.max(a.length, b.length);
  if (length > LONGEST) return 1;
  const least = Math.abs(a.length - b.length) / length;
  return least > tolerance ? least : distance(a, b) / length;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
