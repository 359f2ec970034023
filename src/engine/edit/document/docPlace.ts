import type { IndentSetting } from '../codeShape.js';
import { existingComment, type Declaration } from './declaration.js';
import { docStyle, PYTHON_COMMENT, type DocStyle } from './docStyle.js';
import type { EditSource } from '../editTask.js';
import { indentOf, indentWidth, isBlank, textsIn, type Lines, type LineSpan } from '../../language/lines.js';

/** Where a doc comment goes: the lines that are replaced are `before` + the old comment + `after`. */
export interface DocPlace {
  readonly style: DocStyle;
  readonly span: LineSpan;
  /** Lines of the span that stay, before and after the comment. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly indent: string;
  /** The declaration without its body. */
  readonly head: string;
  /** The declaration without a comment that it has. */
  readonly code: readonly string[];
}

/** @returns `undefined` in a language that has no comments */
export function findDocPlace(
  { languageId, lines }: EditSource,
  declaration: Declaration,
  indent: IndentSetting,
): DocPlace | undefined {
  const style = docStyle(languageId);
  if (style === undefined) return undefined;
  if (style.place === 'above') return above(lines, declaration, style);
  return hasBody(lines, declaration)
    ? inside(lines, declaration, style, indent)
    : above(lines, declaration, PYTHON_COMMENT);
}

function above(lines: Lines, { start, line, headEnd, end }: Declaration, style: DocStyle): DocPlace {
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

function inside(
  lines: Lines,
  { start, line, headEnd, end }: Declaration,
  style: DocStyle,
  setting: IndentSetting,
): DocPlace {
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

/** A head that ends its line, so that a docstring can follow. */
function hasBody(lines: Lines, { line, headEnd }: Declaration): boolean {
  const isScope = /^\s*(?:async\s+)?(?:def|class)\b/.test(lines.at(line));
  return isScope && /:\s*(?:#.*)?$/.test(lines.at(headEnd - 1));
}

function bodyIndent(lines: Lines, body: LineSpan, head: string, { useTabs, size }: IndentSetting): string {
  for (let line = body.start; line < body.end; line++) {
    const text = lines.at(line);
    if (!isBlank(text) && indentWidth(text) > indentWidth(head)) return indentOf(text);
  }
  return indentOf(head) + (useTabs ? '\t' : ' '.repeat(size));
}

/** Behind the docstring that the body begins with, if it does. */
function docstringEnd(lines: Lines, start: number, end: number): number | undefined {
  let first = start;
  while (first < end && isBlank(lines.at(first))) first++;
  const [opening, quotes] = /^\s*[rRuU]?("""|''')/.exec(lines.at(first)) ?? [];
  if (opening === undefined || quotes === undefined) return undefined;
  if (lines.at(first).slice(opening.length).includes(quotes)) return first + 1;
  for (let line = first + 1; line < end; line++) if (lines.at(line).includes(quotes)) return line + 1;
  return undefined;
}
