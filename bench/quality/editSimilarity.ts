import { distance } from 'fastest-levenshtein';

/** Share of the longer text that is the same, from 0 to 1: 1 less the edit distance (Levenshtein) over its length. */
export function editSimilarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a, b) / longer;
}
