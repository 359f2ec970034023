import type { Node } from '@vscode/tree-sitter-wasm';
import { columnOf, lineEndAt, lineStartAt, type SyntaxTree } from './syntaxTree.js';

/** What the syntax tree says about a place in a text. */
export interface SyntaxFacts {
  readonly isInString: boolean;
  readonly isInComment: boolean;
  /** The cursor is where an empty body begins, or right after what opens one: a block is worth completing. */
  readonly opensBlock: boolean;
}

export function syntaxFacts(tree: SyntaxTree, offset: number): SyntaxFacts {
  const isInComment = isInside(tree, offset, tree.syntax.comments);
  const isInString =
    !isInComment && (isInside(tree, offset, tree.syntax.strings) || hasOpenQuote(tree, offset));
  return {
    isInString,
    isInComment,
    opensBlock: !isInString && !isInComment && opensBlock(tree, offset),
  };
}

function isInside({ root, text, syntax }: SyntaxTree, offset: number, types: ReadonlySet<string>): boolean {
  for (const node of ancestry(root.descendantForIndex(Math.max(0, offset - 1), offset))) {
    if (syntax.interpolations.has(node.type) && offset < node.endIndex) return false;
    if (!types.has(node.type) || node.startIndex >= offset) continue;
    return offset < node.endIndex || isOpenEnded(node, text);
  }
  return false;
}

/** Strings and comments have few nodes in them. */
const MAX_ANCESTRY = 50;

/** A node and those around it. Each step takes time in proportion to the depth, so they are not all tried. */
function* ancestry(node: Node | null): Generator<Node, void> {
  for (let count = 0; node !== null && count < MAX_ANCESTRY; count++, node = node.parent) yield node;
}

/** Whether what is typed at the end of a string or comment still belongs to it. */
function isOpenEnded(node: Node, text: string): boolean {
  if (node.lastChild?.isMissing === true) return true;
  const start = text.slice(node.startIndex, node.startIndex + 2);
  return /^(?:\/\/|#|--)/.test(start) && text[node.endIndex - 1] !== '\n';
}

/** A quote that nothing closes becomes an error for the parser, not a string. */
function hasOpenQuote({ root, text }: SyntaxTree, offset: number): boolean {
  const lineStart = lineStartAt(text, offset);
  if (!root.hasError || offset - lineStart > 1000) return false;
  let count = 0;
  for (let at = lineStart; at < offset; at++) {
    const character = text[at] ?? '';
    if (!`"'\``.includes(character)) continue;
    const node = root.descendantForIndex(at, at + 1);
    if (node?.parent?.isError && /^(?:["'`]|string_start)$/.test(node.type)) count++;
  }
  return count % 2 === 1;
}

function opensBlock(tree: SyntaxTree, offset: number): boolean {
  const { text } = tree;
  const lineStart = lineStartAt(text, offset);
  const opener = openerBefore(tree, offset);
  if (opener === undefined) return false;
  const openerLine = lineStartAt(text, opener.startIndex);
  // On a later line, only white space may precede the cursor.
  if (openerLine !== lineStart && text.slice(lineStart, offset).trim() !== '') return false;
  if (!/^[ \t]*(?:[)\]}>;,]+[ \t]*)?$/.test(text.slice(offset, lineEndAt(text, offset)))) return false;
  return isEmptyBelow(text, offset, columnOf(text.slice(openerLine)));
}

/** Nothing below is indented further: the next line is the closing one, or belongs to what is around. */
function isEmptyBelow(text: string, offset: number, openerColumn: number): boolean {
  const below = text.slice(lineEndAt(text, offset), offset + 5000).split('\n');
  const next = below.find((line) => line.trim() !== '');
  return next === undefined || columnOf(next) <= openerColumn;
}

/** The token before the cursor, comments left out, when it opens a body. */
function openerBefore({ root, text, syntax }: SyntaxTree, offset: number): Node | undefined {
  let end = offset;
  for (let passed = 0; passed < 50; passed++) {
    while (end > 0 && /\s/.test(text[end - 1] ?? '')) end--;
    if (end === 0) return undefined;
    const node = root.descendantForIndex(end - 1, end);
    if (node === null) return undefined;
    const skipped = skippable(node, syntax);
    if (skipped !== undefined) {
      end = skipped.startIndex;
      continue;
    }
    const line = text.slice(lineStartAt(text, end), end);
    if (syntax.opensByLine?.test(line) === true) return node;
    return node.type === '{' && isBodyBrace(node, syntax) ? node : undefined;
  }
  return undefined;
}

/** A comment, or what documents a Python function at the beginning of its body. */
function skippable(node: Node, { comments, strings, opensByLine }: SyntaxTree['syntax']): Node | undefined {
  for (const outer of ancestry(node)) {
    if (comments.has(outer.type)) return outer;
    if (strings.has(outer.type) && opensByLine !== undefined)
      return outer.parent?.type === 'expression_statement' ? outer : undefined;
  }
  return undefined;
}

function isBodyBrace(brace: Node, { bodies }: SyntaxTree['syntax']): boolean {
  const { parent } = brace;
  if (parent === null) return false;
  // In an error it can't be told what the brace is; mostly it's a body that isn't closed yet.
  return parent.isError ? !/[=(,:[]\s*$/.test(textBefore(brace)) : bodies.has(parent.type);
}

function textBefore(node: Node): string {
  const before = node.previousSibling;
  return before === null ? '' : before.text.slice(-20);
}
