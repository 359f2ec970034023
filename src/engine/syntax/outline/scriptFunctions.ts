import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import { plainText } from './sourceText.js';

/** Nodes of functions that are values. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  'arrow_function',
  'function_expression',
  'generator_function',
]);

/** A function that is a value, as if it had been declared. */
export function functionLine(tree: SyntaxTree, node: Node, name: string, before = ''): string {
  const isAsync = node.firstChild?.type === 'async' ? 'async ' : '';
  return `${before}${isAsync}function ${name}${parametersOf(tree, node)};`;
}

/** Parameters and what is returned. */
export function parametersOf(tree: SyntaxTree, node: Node): string {
  const single = node.childForFieldName('parameter');
  if (single !== null) return `(${single.text})`;
  const parts = ['type_parameters', 'parameters', 'return_type'].map((field) =>
    node.childForFieldName(field),
  );
  return parts.map((part) => (part === null ? '' : plainText(tree, part))).join('');
}
