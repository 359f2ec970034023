import { distance } from 'fastest-levenshtein';

/** Similarity from 0 to 1: 1 - the Levenshtein distance divided by the length of the longer text. */
export function editSimilarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a, b) / longer;
}
