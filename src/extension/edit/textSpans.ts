/** A range of a text, in UTF-16 offsets; `end` is exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds whole lines again in a document that may have changed since. Line ends don't matter.
 * @param expected where they should be, if that is known
 * @returns that place if they are there, else the only place where they are; `undefined` if they are gone or ambiguous
 */
export function locateLines(text: string, oldText: string, expected?: TextSpan): TextSpan | undefined {
  const wanted = oldText.replaceAll(/\r\n?|\n/g, text.includes('\r\n') ? '\r\n' : '\n');
  const isAt = (start: number): boolean =>
    text.startsWith(wanted, start) && isLineEdge(text[start - 1]) && isLineEdge(text[start + wanted.length]);
  const spanAt = (start: number): TextSpan => ({ start, end: start + wanted.length });
  if (expected !== undefined && isAt(expected.start)) return spanAt(expected.start);
  // Blank lines are everywhere.
  if (wanted.trim() === '') return undefined;
  const found: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < 2; at = text.indexOf(wanted, at + 1))
    if (isAt(at)) found.push(at);
  const [only, second] = found;
  return only === undefined || second !== undefined ? undefined : spanAt(only);
}

/** The range of whole lines in a text. @param end the last line's number plus one */
export function linesSpan(text: string, start: number, end: number): TextSpan {
  const from = lineStart(text, start);
  const next = lineStart(text, end);
  const until = next > from && text[next - 1] === '\n' ? next - 1 : next;
  return { start: from, end: until > from && text[until - 1] === '\r' ? until - 1 : until };
}

function lineStart(text: string, line: number): number {
  let offset = 0;
  for (let count = 0; count < line; count++) {
    const end = text.indexOf('\n', offset);
    if (end < 0) return text.length;
    offset = end + 1;
  }
  return offset;
}

function isLineEdge(character: string | undefined): boolean {
  return character === undefined || character === '\n' || character === '\r';
}

/** One of the content changes of a VS Code event; they are applied in their order. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** The span after the changes; `undefined` if one of them touched it. */
export function shiftSpan(span: TextSpan, changes: readonly TextChange[]): TextSpan | undefined {
  let { start, end } = span;
  for (const { rangeOffset, rangeLength, text } of changes) {
    if (rangeOffset >= end) continue;
    if (rangeOffset + rangeLength > start) return undefined;
    start += text.length - rangeLength;
    end += text.length - rangeLength;
  }
  return { start, end };
}

/**
 * The lines of a draft, followed by those old lines that it hasn't reached yet: so the diff keeps its height while the
 * draft grows.
 * @param lineEnd the document's
 */
export function draftLines(old: string, draft: string, lineEnd: string): string {
  const written = draft === '' ? [] : draft.split(/\r\n|\n/);
  return [...written, ...old.split(/\r\n|\n/).slice(written.length)].join(lineEnd);
}

/**
 * The first place where a new text differs, in the new text, up to the end of the changed part or of its line. Line ends
 * don't matter.
 */
export function firstDifference(old: string, now: string): TextSpan | undefined {
  const before = old.split(/\r\n|\n/);
  const after = now.split(/\r\n|\n/);
  let line = after.findIndex((text, index) => text !== before[index]);
  if (line < 0) {
    if (before.length <= after.length) return undefined;
    line = after.length - 1;
  }
  const text = after[line] ?? '';
  const other = before[line] ?? '';
  let start = 0;
  while (start < text.length && text[start] === other[start]) start++;
  let same = 0;
  const most = Math.min(text.length, other.length) - start;
  while (same < most && text.at(-1 - same) === other.at(-1 - same)) same++;
  const first = lineStart(now, line);
  return { start: first + start, end: first + text.length - same };
}
