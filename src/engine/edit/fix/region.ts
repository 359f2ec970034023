import type { Diagnostic, Range } from 'vscode-languageserver-protocol';
import { isComment } from '../../language/codeOnly.js';
import { enclosingBlock, paragraphAround, statementAt } from '../../language/enclosingBlock.js';
import { languageOf } from '../../language/languageOf.js';
import { indentOf, isBlank, type Lines, type LineSpan } from '../../language/lines.js';

/** A small model makes mistakes in longer code: of a longer symbol or block, only a part is rewritten. */
const MAX_LINES = 40;
/** Fewer lines don't show the model enough of the error's context. */
const MIN_LINES = 3;
/** What a parser says of a token that it didn't expect: what it misses is before that. */
const UNEXPECTED = /expect|^invalid syntax|^syntax error/i;
/** Lines up to the code before a region, and lines of that code. */
const MAX_DISTANCE = 12;
const CODE_ABOVE = 6;

export interface RegionQuery {
  readonly range: Range;
  /** The user has selected the range: the region is exactly its lines. */
  readonly isSelection: boolean;
  /** The enclosing symbol, if the editor knows one. */
  readonly symbol?: Range;
  /** The worst first. */
  readonly diagnostics?: readonly Pick<Diagnostic, 'range' | 'message'>[];
}

/**
 * The lines that a fix may rewrite: the selection in whole lines, else the enclosing symbol, else the largest enclosing
 * block of a reasonable length, else the lines around the range. Where the region's first token is unexpected, the end
 * of the code before it, too.
 * @param languageId left out, what is unexpected is not looked at
 * @returns `undefined` where there is no code
 */
export function findRegion(lines: Lines, query: RegionQuery, languageId?: string): LineSpan | undefined {
  const asked = wholeLines(lines, query.range);
  if (query.isSelection) return withoutBlankEdges(lines, asked);
  const target = withoutBlankEdges(lines, asked) ?? nearestLine(lines, asked.start);
  if (target === undefined) return undefined;
  // A diagnostic may cover a whole class: its first line represents it.
  const place = length(target) > MAX_LINES ? { start: target.start, end: target.start + 1 } : target;
  const symbol = query.symbol && withoutBlankEdges(lines, wholeLines(lines, query.symbol));
  if (symbol !== undefined && contains(symbol, place) && isReasonable(symbol))
    return withCodeAbove(lines, symbol, query, languageId);
  return withCodeAbove(lines, blockAround(lines, place), query, languageId);
}

function withCodeAbove(
  lines: Lines,
  span: LineSpan,
  { diagnostics: [first] = [] }: RegionQuery,
  languageId: string | undefined,
): LineSpan {
  if (first === undefined || languageId === undefined) return span;
  const { range, message } = first;
  const { line, character } = range.start;
  const text = typeof message === 'string' ? message : message.value;
  if (!UNEXPECTED.test(text) || line < span.start || line >= span.end) return span;
  if (character > indentOf(lines.at(line)).length) return span;
  const language = languageOf(languageId);
  const isCode = (at: number): boolean => !isBlank(lines.at(at)) && !isComment(lines.at(at), language);
  const codeBefore = (end: number): number => {
    for (let at = end - 1; at >= Math.max(0, end - MAX_DISTANCE); at--) if (isCode(at)) return at;
    return -1;
  };
  const above = codeBefore(line);
  if (above < 0 || above >= span.start) return span;
  let start = above;
  while (start > 0 && above - start < CODE_ABOVE - 1 && !isBlank(lines.at(start - 1))) start--;
  return { start, end: span.end };
}

/** The lines of a range. A line that the range ends before the first character of is not among them. */
export function wholeLines({ count }: Lines, { start, end }: Range): LineSpan {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const first = Math.min(start.line, count - 1);
  return { start: first, end: Math.max(first, Math.min(last, count - 1)) + 1 };
}

function blockAround(lines: Lines, place: LineSpan): LineSpan {
  let span = statementAt(lines, place);
  if (length(span) > MAX_LINES) return paragraphAround(lines, place, MAX_LINES / 2);
  for (;;) {
    const outer = enclosingBlock(lines, span);
    if (outer === undefined || length(outer) > MAX_LINES) break;
    span = outer;
  }
  return length(span) < MIN_LINES ? paragraphAround(lines, span, MAX_LINES / 2) : span;
}

function withoutBlankEdges(lines: Lines, { start, end }: LineSpan): LineSpan | undefined {
  while (start < end && isBlank(lines.at(start))) start++;
  while (end > start && isBlank(lines.at(end - 1))) end--;
  return start < end ? { start, end } : undefined;
}

/** A missing brace is reported at the end of the file, on a blank line: the last line of code is taken. */
function nearestLine(lines: Lines, line: number): LineSpan | undefined {
  const span = (at: number): LineSpan => ({ start: at, end: at + 1 });
  for (let above = line; above >= 0; above--) if (!isBlank(lines.at(above))) return span(above);
  for (let below = line; below < lines.count; below++) if (!isBlank(lines.at(below))) return span(below);
  return undefined;
}

const length = ({ start, end }: LineSpan): number => end - start;
const contains = (outer: LineSpan, inner: LineSpan): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;
const isReasonable = (span: LineSpan): boolean => length(span) >= MIN_LINES && length(span) <= MAX_LINES;
