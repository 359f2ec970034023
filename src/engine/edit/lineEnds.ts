/** Line ends of a text whose lines may end in different ways: each line that an edit keeps also keeps its own. */
import { diffArrays } from 'diff';
import type { LineSpan } from '../language/lines.js';

/** @returns how each line of a text ends, from the first on; `''` for the last */
export function lineEndsOf(text: string): readonly string[] {
  return [...(text.match(/\r\n|\n|\r/g) ?? []), ''];
}

/** How a line that is new at a place ends: as the one there, or above it, or as most lines do. */
export function lineEndAt(ends: readonly string[], line: number): string {
  return (
    [ends[line], ends[line - 1], ends[line + 1], ends[0]].find((end) => end !== undefined && end !== '') ??
    '\n'
  );
}

/**
 * Joins the lines that are to replace a span. A line that was there keeps its end, one that replaces another gets that
 * one's, and an added one ends as the line above it.
 * @param ends of the whole document's lines
 */
export function joinedLike(
  lines: readonly string[],
  old: readonly string[],
  span: LineSpan,
  ends: readonly string[],
): string {
  const own = ends.slice(span.start, span.end - 1);
  const usual = lineEndAt(ends, span.start);
  if (own.every((end) => end === usual)) return lines.join(usual);
  const found: string[] = [];
  let at = span.start;
  /** Where the lines begin that were taken away last, which those that come next replace. */
  let replaced = at;
  for (const { added, removed, count } of diffArrays([...old], [...lines])) {
    if (removed) at += count;
    else if (added) {
      for (let i = 0; i < count; i++)
        found.push(lineEndAt(ends, Math.min(replaced + i, Math.max(replaced, at) - 1)));
      replaced = at;
    } else {
      for (let i = 0; i < count; i++) found.push(lineEndAt(ends, at + i));
      at += count;
      replaced = at;
    }
  }
  return lines.map((line, i) => line + (i === lines.length - 1 ? '' : (found[i] ?? usual))).join('');
}
