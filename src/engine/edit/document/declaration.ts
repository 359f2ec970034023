/** Finds the declaration to document: in the syntax tree, else by keywords, brackets and indentation. */
import type { Range } from 'vscode-languageserver-protocol';
import { isComment, looksLikeComment } from '../../language/codeOnly.js';
import { enclosingBlock, statementAt } from '../../language/enclosingBlock.js';
import { languageOf } from '../../language/languageOf.js';
import { isBlank, type Lines, type LineSpan } from '../../language/lines.js';
import { declarationIn, type DeclarationLines } from '../../syntax/declarations.js';
import type { SyntaxTree } from '../../syntax/syntaxTree.js';
import { wholeLines, type RegionQuery } from '../fix/region.js';
import { afterAttributes, attributeAbove, lineAfterAttributes } from './attributes.js';

const KEYWORD =
  /^(?:(?:export|default|declare|public|private|protected|internal|static|async|final|abstract|sealed|open|override|virtual|inline|extern|unsafe|const|readonly|pub(?:\([\w ]+\))?|partial|data|local|suspend|synchronized|CREATE(?: OR REPLACE)?)\s+)*@?(?:function\*?|def|class|interface|struct|enum|union|trait|impl|fn|func|fun|type|let|var|val|const|static|module|namespace|package object|object|record|sub|protocol|extension|macro|macro_rules!|typedef|mod|proc|procedure|subroutine|(?:(?:recursive|pure|elemental|real|integer|logical|complex)(?:\([^)]*\))? )+(?:function|subroutine)|program|constructor|destructor|iterator|template|converter|contract|library|event|modifier|error|defmodule|defp|defmacro|message|service|rpc|input|scalar|directive|entity|architecture|process|component|actor|typeclass|instance|data|newtype|resource|variable|output|provider|locals|table|view)(?![\w-])/i;
const CONTROL =
  /^(?:\}?\s*)?(?:if|else|elif|for|foreach|while|switch|match|catch|except|try|finally|do|return|throw|raise|new|await|yield|with|using|lock|case|when|unless|until|import|from|include|require|use|print\w*|console|assert|delete|goto)\b/;
/** `name(…) {`, `name(…):` or, with at least a type before the name, `Type name(…)`; arguments may continue on the next line. */
const METHOD_WITH_BODY = /^[^=("']*[\w$~]\s*(?:<[^()]*>)?\((?:.*\)[^()=;]*[{:])?$/;
const METHOD_WITH_TYPE =
  /^(?:[\w$<>[\],.?:*&~]+\s+)+[*&]*[\w$~:]+\s*(?:<[^()]*>)?\((?:.*,|[^;=]*\)[^()=;]*)?$/;
/** Functions that are bound to a name, Lisp's definitions, and signatures as in Haskell. */
const BINDING =
  /^(?:[\w.$]+\s*(?:<-|=)\s*(?:async\s+)?function\b|\((?:def|define)[\w-]*\s|[a-z_][\w']*\s+::\s)/;
/** Of a line that is read as a declaration: some of the patterns take the square of its length. */
const MAX_HEAD_LENGTH = 1000;
const SELECTOR = /^[.#@&*:][^;]*\{$/;

export function looksLikeDeclaration(line: string): boolean {
  const text = line.slice(0, MAX_HEAD_LENGTH).trim();
  if (looksLikeComment(text) || CONTROL.test(text)) return false;
  if (SELECTOR.test(text)) return true;
  // Objective-C's keywords look like attributes.
  const code = KEYWORD.test(text) ? text : (afterAttributes(text) ?? '');
  if (code === '' || CONTROL.test(code)) return false;
  if (KEYWORD.test(code) || BINDING.test(code)) return true;
  return !code.includes('=>') && (METHOD_WITH_BODY.test(code) || METHOD_WITH_TYPE.test(code));
}

/** The declaration that a tree shows for a query; `undefined` where it shows none, as in code that doesn't parse. */
export function declarationInTree(
  tree: SyntaxTree,
  lines: Lines,
  query: RegionQuery,
  languageId: string,
): DeclarationLines | undefined {
  const place = wholeLines(lines, query.range);
  const { symbol } = query;
  if (query.isSelection) return declarationIn(tree, { ...place, kind: 'selection' });
  if (symbol !== undefined && isInside(lines, place, symbol)) {
    const found = declarationIn(tree, { ...wholeLines(lines, symbol), kind: 'symbol' });
    if (found !== undefined) return found;
  }
  const at = (line: number): DeclarationLines | undefined =>
    declarationIn(tree, { start: line, end: line + 1, kind: 'cursor' });
  let below = place.start;
  while (
    below < lines.count &&
    (isBlank(lines.at(below)) || isComment(lines.at(below), languageOf(languageId)))
  )
    below++;
  const next = below === place.start ? undefined : at(below);
  return next?.start === below ? next : at(place.start);
}

/** The declaration that a query means, by the looks of its lines. */
export function findDeclaration(
  lines: Lines,
  query: RegionQuery,
  languageId: string,
): DeclarationLines | undefined {
  const { symbol } = query;
  const place = wholeLines(lines, query.range);
  const code = (span: LineSpan): number | undefined => firstCodeLine(lines, span, languageId);
  if (!query.isSelection && symbol !== undefined && isInside(lines, place, symbol)) {
    const span = wholeLines(lines, symbol);
    const line = code(span);
    if (line !== undefined) return declarationAt(lines, line, span.end, languageId);
  }
  const line = query.isSelection ? code(place) : declarationAround(lines, place.start, code);
  if (line === undefined) return undefined;
  const { end } = statementAt(lines, { start: line, end: line + 1 });
  return declarationAt(lines, line, end, languageId);
}

function declarationAt(lines: Lines, first: number, end: number, languageId: string): DeclarationLines {
  let start = first;
  for (let above = attributeAbove(lines, start); above !== undefined; above = attributeAbove(lines, start))
    start = above;
  return {
    start,
    line: first,
    headEnd: headEnd(lines, first, end, languageId),
    end,
    name: nameIn(lines.at(first)),
  };
}

/** A line without what is in quotes on it, and without a comment at its end. */
function codeOf(line: string, languageId: string): string {
  const { lineComment } = languageOf(languageId);
  const code = line.replace(/(["'])(?:\\.|(?!\1)[^\\]){0,300}\1/g, '');
  const at = lineComment === '' || lineComment === '"' ? -1 : code.indexOf(lineComment);
  return at < 0 ? code : code.slice(0, at);
}

/** The line after the one that closes the brackets of the head. */
function headEnd(lines: Lines, line: number, end: number, languageId: string): number {
  let depth = 0;
  for (let at = line; at < end; at++) {
    for (const character of codeOf(lines.at(at), languageId)) {
      if ('(['.includes(character)) depth++;
      else if (')]'.includes(character)) depth--;
    }
    if (depth <= 0) return at + 1;
  }
  return line + 1;
}

function nameIn(line: string): string | undefined {
  const text = line.slice(0, MAX_HEAD_LENGTH).trim();
  const called = /^func\s*(?:\([^)]*\)\s*)?([\w$]+)/.exec(text) ?? /([\w$]+)\s*(?:<[^()]*>)?\(/.exec(text);
  const keyword =
    /(?:class|interface|struct|enum|trait|type|const|let|var|val|module|namespace|object|record)\s+([\w$]+)/;
  const bare = /^\s*(?:\w+\s+)*(?:defp?|fun|fn|sub|function|procedure)\s+(?:self\.)?([\w$]+)/;
  return (keyword.exec(text) ?? called ?? bare.exec(text))?.[1];
}

/** The declaration that starts at the line or, after comments and attributes, below it; else the enclosing one. */
function declarationAround(
  lines: Lines,
  line: number,
  code: (span: LineSpan) => number | undefined,
): number | undefined {
  const below = code({ start: line, end: lines.count });
  if (below !== undefined && looksLikeDeclaration(lines.at(below))) return below;
  let above = line;
  while (above > 0 && isBlank(lines.at(above))) above--;
  let span: LineSpan | undefined = statementAt(lines, { start: above, end: above + 1 });
  for (; span !== undefined; span = enclosingBlock(lines, span))
    if (looksLikeDeclaration(lines.at(span.start))) return span.start;
  return undefined;
}

/** The first line that is not blank, no comment and no attribute. */
function firstCodeLine(lines: Lines, { start, end }: LineSpan, languageId: string): number | undefined {
  const [open, close] = languageOf(languageId).blockComment ?? ['/*', '*/'];
  let isInComment = false;
  for (let line = start; line < Math.min(end, lines.count); line++) {
    const text = lines.at(line).trim();
    if (isInComment) {
      isInComment = !text.includes(close);
      continue;
    }
    if (text.startsWith(open) && !text.slice(open.length).includes(close)) isInComment = true;
    else if (!isBlank(text) && !isComment(text, languageOf(languageId))) {
      const next = lineAfterAttributes(lines, line);
      if (next === line) return line;
      line = next - 1;
    }
  }
  return undefined;
}

function isInside(lines: Lines, place: LineSpan, symbol: Range): boolean {
  const span = wholeLines(lines, symbol);
  return span.start <= place.start && place.end <= span.end;
}
