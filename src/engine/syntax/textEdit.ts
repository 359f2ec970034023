import type { Edit, Point } from '@vscode/tree-sitter-wasm';

/**
 * What one edit turns a text into another: what stands between their common beginning and their common end. Texts
 * are compared instead of following each change of the editor's: it takes less than a millisecond, and nothing can
 * be missed.
 * @returns `undefined` when they are the same
 */
export function editBetween(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  const startPosition = pointAt(before, start);
  const oldEndIndex = before.length - same;
  const newEndIndex = after.length - same;
  return {
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition,
    oldEndPosition: pointAt(before, oldEndIndex, start, startPosition),
    newEndPosition: pointAt(after, newEndIndex, start, startPosition),
  };
}

/** As tree-sitter counts: rows end with `\n` only. */
function pointAt(
  text: string,
  offset: number,
  from = 0,
  { row, column }: Point = { row: 0, column: 0 },
): Point {
  let lineStart = from - column;
  let line = row;
  for (let at = text.indexOf('\n', from); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { row: line, column: offset - lineStart };
}
