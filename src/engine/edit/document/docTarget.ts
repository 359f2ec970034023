import type { IndentSetting } from '../codeShape.js';
import type { DeclarationLines } from '../../syntax/declarations.js';
import { PYTHON_COMMENT, type DocStyle } from './docStyle.js';
import type { EditSource } from '../editTask.js';
import { indentOf, indentWidth, isBlank, textsIn, type Lines, type LineSpan } from '../../language/lines.js';

/** Where a doc comment is inserted. The replaced lines are `before`, the old comment, and `after`. */
export interface DocTarget {
  readonly style: DocStyle;
  readonly span: LineSpan;
  /** Lines of the span before and after the comment, which stay. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly indent: string;
  /** The declaration without its body. */
  readonly head: string;
  /** The declaration without its old comment. */
  readonly code: readonly string[];
}

export function findDocTarget(
  { lines }: Pick<EditSource, 'lines'>,
  declaration: DeclarationLines,
  style: DocStyle,
  indent: IndentSetting,
): DocTarget {
  if (style.place === 'above') return above(lines, declaration, style);
  return hasBody(lines, declaration)
    ? inside(lines, declaration, style, indent)
    : above(lines, declaration, PYTHON_COMMENT);
}

function above(lines: Lines, { start, line, headEnd, end }: DeclarationLines, style: DocStyle): DocTarget {
  const old = existingComment(lines, start, style);
  return {
    style,
    span: { start: old.start, end: line + 1 },
    before: [],
    after: textsIn(lines, { start, end: line + 1 }),
    indent: indentOf(lines.at(start)),
    head: textsIn(lines, { start, end: headEnd }).join('\n'),
    code: textsIn(lines, { start, end }),
  };
}

/** The doc comment right above the declaration. Directives and other comments don't belong to it. */
function existingComment(lines: Lines, start: number, { open, each, close, directive }: DocStyle): LineSpan {
  let first = start;
  if (open === '') {
    const mark = each.trim();
    const isComment = (text: string): boolean => text.startsWith(mark) && !(directive?.test(text) ?? false);
    while (first > 0 && isComment(lines.at(first - 1).trim())) first--;
  } else if (
    lines
      .at(start - 1)
      .trim()
      .endsWith(close.trim())
  ) {
    const opening = findOpening(lines, start - 1, open);
    if (opening !== undefined) first = opening;
  }
  return { start: first, end: start };
}

function findOpening(lines: Lines, last: number, open: string): number | undefined {
  for (let line = last; line >= Math.max(0, last - 200); line--) {
    const text = lines.at(line).trim();
    // In languages with `/**`, a plain `/* … */` is no documentation.
    if (open.startsWith('/*') && text.startsWith('/*')) return text.startsWith(open) ? line : undefined;
    if (text.startsWith(open) && (line < last || text.length > open.length)) return line;
  }
  return undefined;
}

function inside(
  lines: Lines,
  { start, line, headEnd, end }: DeclarationLines,
  style: DocStyle,
  setting: IndentSetting,
): DocTarget {
  const head = textsIn(lines, { start: line, end: headEnd });
  const oldEnd = docstringEnd(lines, headEnd, end) ?? headEnd;
  return {
    style,
    span: { start: line, end: oldEnd },
    before: head,
    after: [],
    indent: bodyIndent(lines, { start: headEnd, end }, lines.at(line), setting),
    head: head.join('\n'),
    code: [...textsIn(lines, { start, end: headEnd }), ...textsIn(lines, { start: oldEnd, end })],
  };
}

/** Whether the body begins on a line of its own, where a docstring can go. */
function hasBody(lines: Lines, { line, headEnd }: DeclarationLines): boolean {
  const isScope = /^\s*(?:async\s+)?(?:def|class)\b/.test(lines.at(line));
  return isScope && /:\s*(?:#.*)?$/s.test(lines.at(headEnd - 1));
}

function bodyIndent(lines: Lines, body: LineSpan, head: string, { useTabs, size }: IndentSetting): string {
  for (let line = body.start; line < body.end; line++) {
    const text = lines.at(line);
    if (!isBlank(text) && indentWidth(text) > indentWidth(head)) return indentOf(text);
  }
  return indentOf(head) + (useTabs ? '\t' : ' '.repeat(size));
}

/** The line after the docstring that the body begins with, if there is one. */
function docstringEnd(lines: Lines, start: number, end: number): number | undefined {
  let first = start;
  while (first < end && isBlank(lines.at(first))) first++;
  if (/^\s*[rRuU]?(?:"(?:\\.|[^"\\])+"|'(?:\\.|[^'\\])+')\s*(?:#.*)?$/.test(lines.at(first)))
    return first + 1;
  const [opening, quotes] = /^\s*[rRuU]?("""|''')/.exec(lines.at(first)) ?? [];
  if (opening === undefined || quotes === undefined) return undefined;
  if (lines.at(first).slice(opening.length).includes(quotes)) return first + 1;
  for (let line = first + 1; line < end; line++) if (lines.at(line).includes(quotes)) return line + 1;
  return undefined;
}
