/** Finds what is to be documented: a declaration, its attributes, and the comment that it may have already. */
import type { Range } from 'vscode-languageserver-protocol';
import type { DocStyle } from './docStyle.js';
import { enclosingBlock, statementAt } from '../../language/enclosingBlock.js';
import { isBlank, type Lines, type LineSpan } from '../../language/lines.js';
import { wholeLines, type RegionQuery } from '../fix/region.js';

export interface Declaration {
  /** Attributes, decorators and annotations included. */
  readonly start: number;
  /** The line with the keyword or the name. */
  readonly line: number;
  /** Behind the last line of its head: what follows is the body. */
  readonly headEnd: number;
  /** Behind its last line. */
  readonly end: number;
  readonly name: string | undefined;
}

const COMMENT = /^(?:\/\/|\/\*|\*|--|;;|%%|'''|"""|<!--|<#|#(?!\[|!\[|include|define|if|pragma))/;
const ATTRIBUTE = /^(?:@\w|#\[|\[[A-Z][\w.]*(?:\(.*\))?\]\s*$|template\s*<)/;
const KEYWORD =
  /^(?:(?:export|default|declare|public|private|protected|internal|static|async|final|abstract|sealed|open|override|virtual|inline|extern|unsafe|const|readonly|pub(?:\([\w ]+\))?|partial|data|local|suspend|synchronized|CREATE(?: OR REPLACE)?)\s+)*(?:function\*?|def|class|interface|struct|enum|union|trait|impl|fn|func|fun|type|let|var|val|const|static|module|namespace|package object|object|record|sub|protocol|extension|macro|macro_rules!|typedef|mod|proc|procedure|table|view)(?![\w-])/i;
const CONTROL =
  /^(?:\}?\s*)?(?:if|else|elif|for|foreach|while|switch|match|catch|except|try|finally|do|return|throw|raise|new|await|yield|with|using|lock|case|when|unless|until|import|from|include|require|use|print\w*|console|assert|delete|goto)\b/;
/** `name(…) {`, `name(…):` or, with at least a type before the name, `Type name(…)`; arguments may go on below. */
const METHOD_WITH_BODY = /^[^=("']*[\w$~]\s*(?:<[^()]*>)?\((?:.*\)[^()=;]*[{:])?$/;
const METHOD_WITH_TYPE =
  /^(?:[\w$<>[\],.?:*&~]+\s+)+[*&]*[\w$~:]+\s*(?:<[^()]*>)?\((?:.*,|[^;=]*\)[^()=;]*)?$/;
const SELECTOR = /^[.#@&*:][^;]*\{$/;

export function looksLikeDeclaration(line: string): boolean {
  const text = line.trim();
  if (text === '' || COMMENT.test(text) || CONTROL.test(text)) return false;
  if (KEYWORD.test(text) || SELECTOR.test(text)) return true;
  return !text.includes('=>') && (METHOD_WITH_BODY.test(text) || METHOD_WITH_TYPE.test(text));
}

export function findDeclaration(lines: Lines, wish: RegionQuery): Declaration | undefined {
  const { symbol } = wish;
  const place = wholeLines(lines, wish.range);
  if (!wish.isSelection && symbol !== undefined && isInside(lines, place, symbol)) {
    const span = wholeLines(lines, symbol);
    const line = firstCodeLine(lines, span);
    if (line !== undefined) return declarationAt(lines, line, span.end);
  }
  const line = wish.isSelection ? firstCodeLine(lines, place) : declarationAround(lines, place.start);
  if (line === undefined) return undefined;
  return declarationAt(lines, line, statementAt(lines, { start: line, end: line + 1 }).end);
}

/** The comment lines right above; what isn't documentation (directives, other comments) stays where it is. */
export function existingComment(lines: Lines, start: number, { open, each, directive }: DocStyle): LineSpan {
  let first = start;
  if (open === '') {
    const mark = each.trim();
    const isComment = (text: string): boolean => text.startsWith(mark) && !(directive?.test(text) ?? false);
    while (first > 0 && isComment(lines.at(first - 1).trim())) first--;
  } else if (
    lines
      .at(start - 1)
      .trim()
      .endsWith(open === '"""' ? '"""' : closeOf(open))
  ) {
    const opening = findOpening(lines, start - 1, open);
    if (opening !== undefined) first = opening;
  }
  return { start: first, end: start };
}

const closeOf = (open: string): string =>
  open.startsWith('/*') ? '*/' : open === '<#' ? '#>' : open === '<!--' ? '-->' : open;

function findOpening(lines: Lines, last: number, open: string): number | undefined {
  for (let line = last; line >= Math.max(0, last - 200); line--) {
    const text = lines.at(line).trim();
    // Where only `/**` documents, a plain `/* … */` is something else.
    if (open.startsWith('/*') && text.startsWith('/*')) return text.startsWith(open) ? line : undefined;
    if (text.startsWith(open) && (line < last || text.length > open.length)) return line;
  }
  return undefined;
}

function declarationAt(lines: Lines, first: number, end: number): Declaration {
  let start = first;
  while (start > 0 && ATTRIBUTE.test(lines.at(start - 1).trim())) start--;
  let line = first;
  while (line + 1 < end && ATTRIBUTE.test(lines.at(line).trim())) line++;
  return { start, line, headEnd: headEnd(lines, line, end), end, name: nameIn(lines.at(line)) };
}

/** Behind the line on which the brackets of the head are closed. */
function headEnd(lines: Lines, line: number, end: number): number {
  let depth = 0;
  for (let at = line; at < end; at++) {
    const text = lines.at(at).replace(/(["'])(?:\\.|(?!\1)[^\\])*\1/g, '');
    for (const character of text) {
      if ('(['.includes(character)) depth++;
      else if (')]'.includes(character)) depth--;
    }
    if (depth <= 0) return at + 1;
  }
  return line + 1;
}

function nameIn(line: string): string | undefined {
  const text = line.trim();
  const called = /^func\s*(?:\([^)]*\)\s*)?([\w$]+)/.exec(text) ?? /([\w$]+)\s*(?:<[^()]*>)?\(/.exec(text);
  const keyword =
    /(?:class|interface|struct|enum|trait|type|const|let|var|val|module|namespace|object|record)\s+([\w$]+)/;
  return (keyword.exec(text) ?? called)?.[1];
}

/** The declaration that starts at the line or, past comments and attributes, below it; else the one around it. */
function declarationAround(lines: Lines, line: number): number | undefined {
  const below = firstCodeLine(lines, { start: line, end: lines.count });
  if (below !== undefined && looksLikeDeclaration(lines.at(below))) return below;
  let above = line;
  while (above > 0 && isBlank(lines.at(above))) above--;
  let span: LineSpan | undefined = statementAt(lines, { start: above, end: above + 1 });
  for (; span !== undefined; span = enclosingBlock(lines, span))
    if (looksLikeDeclaration(lines.at(span.start))) return span.start;
  return undefined;
}

/** Past blank lines, comments and attributes. */
function firstCodeLine(lines: Lines, { start, end }: LineSpan): number | undefined {
  let isInComment = false;
  for (let line = start; line < Math.min(end, lines.count); line++) {
    const text = lines.at(line).trim();
    if (isInComment) {
      isInComment = !text.includes('*/');
      continue;
    }
    if (text.startsWith('/*') && !text.includes('*/')) isInComment = true;
    if (!isBlank(text) && !COMMENT.test(text) && !ATTRIBUTE.test(text)) return line;
  }
  return undefined;
}

function isInside(lines: Lines, place: LineSpan, symbol: Range): boolean {
  const span = wholeLines(lines, symbol);
  return span.start <= place.start && place.end <= span.end;
}
