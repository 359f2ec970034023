import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';

/** Longer values say little that their name doesn't. */
const MAX_VALUE_LENGTH = 80;

/** Of namespaces and modules in each other; deeper ones aren't outlined. */
export const MAX_DEPTH = 50;

/** A part of the text in one line, without comments. */
export function plainText(
  { text, syntax }: SyntaxTree,
  node: Node,
  start = node.startIndex,
  end = node.endIndex,
): string {
  let result = '';
  let from = start;
  for (const comment of descendantsOf(node, [...syntax.comments])) {
    if (comment.startIndex < from || comment.endIndex > end) continue;
    result += text.slice(from, comment.startIndex);
    from = comment.endIndex;
    // Some grammars count the line break to a comment.
    if (text[from - 1] === '\n') from--;
  }
  result += text.slice(from, end);
  return inOneLine(result);
}

/** The text before a node's body, or all of it when it has none. */
export function signature(tree: SyntaxTree, node: Node, body: Node | null, start = node.startIndex): string {
  return plainText(tree, node, start, body?.startIndex ?? node.endIndex);
}

/** A value as it is when it is short, `…` otherwise. */
export function shortValue(tree: SyntaxTree, node: Node): string {
  const isLong = node.endIndex - node.startIndex > 3 * MAX_VALUE_LENGTH;
  const value = isLong ? '' : plainText(tree, node);
  return value === '' || value.length > MAX_VALUE_LENGTH ? '…' : value;
}

function inOneLine(text: string): string {
  if (!text.includes('\n')) return text.trim();
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
    .replaceAll(/([([]) /g, '$1')
    .replaceAll(/,? ([)\]])/g, '$1')
    .replaceAll(', }', ' }');
}

export function nameOf(node: Node): string {
  return node.childForFieldName('name')?.text ?? '';
}

/** Children without the `null`s and errors that a tree of unfinished text has. */
export function childrenOf(node: Node | null | undefined): Node[] {
  return (node?.namedChildren ?? []).filter((child): child is Node => child !== null && !child.isError);
}

export function descendantsOf(node: Node, types: string | string[]): Node[] {
  return node.descendantsOfType(types).filter((descendant) => descendant !== null);
}

/** A file's top-level nodes, also where the parser could not make sense of what is around them. */
export function topLevelOf(root: Node): Node[] {
  return root.namedChildren
    .filter((child) => child !== null)
    .flatMap((child) => (child.isError ? topLevelOf(child) : [child]));
}
