/** Share of the text that may differ in two lines that count as the same. */
const TOLERANCE = 0.05;

/** Whether two lines are the same but for a slip: at most 5 % of edits (Levenshtein distance). */
export function isSimilar(a: string, b: string): boolean {
  if (a === b) return true;
  const allowed = Math.floor(Math.max(a.length, b.length) * TOLERANCE);
  if (allowed === 0 || Math.abs(a.length - b.length) > allowed || a.length > 400) return false;
  return distance(a, b) <= allowed;
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
