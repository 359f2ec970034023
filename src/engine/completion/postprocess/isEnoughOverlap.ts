/**
 * Whether the end of a text and the beginning of what stands after the cursor agree in enough to be one and the same.
 * Punctuation always is. Letters that happen to agree are not (`x = ▮n` and `return`): they count only when they are
 * the whole rest of the line, and three of them, or two where a character is a word, as in `中文`.
 */
export function isEnoughOverlap(overlap: string, isWholeRest: boolean): boolean {
  if (!/^[\p{L}\p{N}_]/u.test(overlap)) return true;
  return isWholeRest && overlap.length >= (/^[\x00-\x7f]/.test(overlap) ? 3 : 2);
}
