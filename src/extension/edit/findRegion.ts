/** Where a piece of text stands, in offsets. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds text again in a document that may have changed since.
 * @param start offset at which it stood
 * @returns the same place if it still stands there, else the one place where it stands now; `undefined` when it is
 * gone, or stands in several places and nobody can tell which is meant
 */
export function findRegion(text: string, oldText: string, start: number): TextSpan | undefined {
  if (text.startsWith(oldText, start)) return { start, end: start + oldText.length };
  if (oldText.trim() === '') return undefined;
  const first = text.indexOf(oldText);
  if (first < 0 || text.indexOf(oldText, first + 1) >= 0) return undefined;
  return { start: first, end: first + oldText.length };
}
