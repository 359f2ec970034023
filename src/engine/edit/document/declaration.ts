/** Finds the declaration to document, without a grammar: by keywords, brackets and indentation. */
import type { Range } from 'vscode-languageserver-protocol';
import { enclosingBlock, statementAt } from '../../language/enclosingBlock.js';
import { isBlank, type Lines, type LineSpan } from '../../language/lines.js';
import { wholeLines, type RegionQuery } from '../fix/region.js';

export interface Declaration {
  /** Attributes, decorators and annotations included. */
  readonly start: number;
  /** The line with the keyword or the name. */
  readonly line: number;
  /** The line after the head, where the body begins. */
  readonly headEnd: number;
  /** The line after the last one. */
  readonly end: number;
  readonly name: string | undefined;
}

const COMMENT = /^(?:\/\/|\/\*|\*|--|;;|%%|'''|"""|<!--|<#|#(?!\[|!\[|include|define|if|pragma))/;
const ATTRIBUTE = /^(?:@\w|#\[|\[[A-Z][\w.]*(?:\(.*\))?\]\s*$|template\s*<)/;
const KEYWORD =
  /^(?:(?:export|default|declare|public|private|protected|internal|static|async|final|abstract|sealed|open|override|virtual|inline|extern|unsafe|const|readonly|pub(?:\([\w ]+\))?|partial|data|local|suspend|synchronized|CREATE(?: OR REPLACE)?)\s+)*(?:function\*?|def|class|interface|struct|enum|union|trait|impl|fn|func|fun|type|let|var|val|const|static|module|namespace|package object|object|record|sub|protocol|extension|macro|macro_rules!|typedef|mod|proc|procedure|table|view)(?![\w-])/i;
const CONTROL =
  /^(?:\}?\s*)?(?:if|else|elif|for|foreach|while|switch|match|catch|except|try|finally|do|return|throw|raise|new|await|yield|with|using|lock|case|when|unless|until|import|from|include|require|use|print\w*|console|assert|delete|goto)\b/;
/** `name(…) {`, `name(…):` or, with at least a type before the name, `Type name(…)`; arguments may continue on the next line. */
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

export function findDeclaration(lines: Lines, query: RegionQuery): Declaration | undefined {
  const { symbol } = query;
  const place = wholeLines(lines, query.range);
  if (!query.isSelection && symbol !== undefined && isInside(lines, place, symbol)) {
    const span = wholeLines(lines, symbol);
    const line = firstCodeLine(lines, span);
    if (line !== undefined) return declarationAt(lines, line, span.end);
  }
  const line = query.isSelection ? firstCodeLine(lines, place) : declarationAround(lines, place.start);
  if (line === undefined) return undefined;
  return declarationAt(lines, line, statementAt(lines, { start: line, end: line + 1 }).end);
}

function declarationAt(lines: Lines, first: number, end: number): Declaration {
  let start = first;
  while (start > 0 && ATTRIBUTE.test(lines.at(start - 1).trim())) start--;
  let line = first;
  while (line + 1 < end && ATTRIBUTE.test(lines.at(line).trim())) line++;
  return { start, line, headEnd: headEnd(lines, line, end), end, name: nameIn(lines.at(line)) };
}

/** The line after the one that closes the brackets of the head. */
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

/** The declaration that starts at the line or, after comments and attributes, below it; else the enclosing one. */
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

/** The first line that is not blank, no comment and no attribute. */
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
