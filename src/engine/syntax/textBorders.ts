import type { Node } from '@vscode/tree-sitter-wasm';
import { lineStartAt } from './lineAt.js';
import type { SyntaxTree } from './syntaxTree.js';

/**
 * Start of the top-level definition or statement around an offset, with the comments right above it; the start of
 * the offset's line where there is none.
 */
export function borderBefore({ root, text, syntax }: SyntaxTree, offset: number): number {
  let node = root.firstNamedChildForIndex(offset);
  if (node === null || node.startIndex >= offset) return lineStartAt(text, offset);
  while (
    node.previousNamedSibling !== null &&
    belongsTo(node.previousNamedSibling, node, text, syntax.comments)
  )
    node = node.previousNamedSibling;
  return lineStartAt(text, node.startIndex);
}

/**
 * Where a window of text that must not begin before an offset does best to begin: at the first definition or
 * statement from there on, of those that lie the furthest out.
 * @param limit the result is smaller
 */
export function borderAfter(
  { root, text, syntax }: SyntaxTree,
  offset: number,
  limit: number,
): number | undefined {
  const borderIn = (outer: Node): number | undefined => {
    const inside: Node[] = [];
    for (
      let node = outer.firstNamedChildForIndex(offset);
      node !== null && node.startIndex < limit;
      node = node.nextNamedSibling
    ) {
      if (isBorder(node, text, offset, syntax.comments)) return lineStartAt(text, node.startIndex);
      inside.push(node);
    }
    for (const node of inside) {
      const border = borderIn(node);
      if (border !== undefined) return border;
    }
    return undefined;
  };
  return borderIn(root);
}

/** It begins a line, and isn't what the comment above it is about. */
function isBorder(node: Node, text: string, offset: number, comments: ReadonlySet<string>): boolean {
  const start = lineStartAt(text, node.startIndex);
  if (start < offset || text.slice(start, node.startIndex).trim() !== '') return false;
  const before = node.previousNamedSibling;
  return before === null || !belongsTo(before, node, text, comments);
}

function belongsTo(comment: Node, node: Node, text: string, comments: ReadonlySet<string>): boolean {
  if (!comments.has(comment.type)) return false;
  const between = text.slice(comment.endIndex, node.startIndex);
  return between.trim() === '' && between.split('\n').length <= 2;
}
