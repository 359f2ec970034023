import type { Node, Edit, Point } from '@vscode/tree-sitter-wasm';
import type { LanguageSyntax } from './languageSyntax.js';

/** A parsed text. Its nodes live in the parser's memory: they are read at once, and never kept. */
export interface SyntaxTree {
  readonly root: Node;
  readonly text: string;
  readonly syntax: LanguageSyntax;
}

export function lineStartAt(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line's text ends, before its line break. */
export function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** How far in a line of this white space begins; a tab counts as four. */
export function columnOf(indent: string): number {
  const blanks = /^[ \t]*/.exec(indent)?.[0] ?? '';
  return [...blanks].reduce((width, character) => width + (character === '\t' ? 4 : 1), 0);
}

/**
 * The one edit that turns a text into another: what lies between their common beginning and their common end. Texts
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
