/** Lists what a text defines for others to use. */
import type { Node } from '@vscode/tree-sitter-wasm';
import { documentable } from './documentable.js';
import type { SyntaxTree } from './syntaxTree.js';

export interface Definition {
  readonly name: string;
  /** The line with its keyword or name, from 0. */
  readonly line: number;
}

/** Functions, methods and types, none inside of a function, and exported variables. */
export function definitionsIn(tree: SyntaxTree): readonly Definition[] {
  const declared = documentable(tree).flatMap(({ name, line }) =>
    name === undefined ? [] : [{ name, line }],
  );
  const exported = tree.root.descendantsOfType('export_statement').flatMap((statement) => {
    const declaration = statement?.childForFieldName('declaration');
    return (declaration?.namedChildren ?? []).flatMap((child) => nameOf(child));
  });
  return [...declared, ...exported.filter(({ name }) => declared.every((each) => each.name !== name))];
}

function nameOf(node: Node | null): Definition[] {
  if (node?.type !== 'variable_declarator') return [];
  const name = node.childForFieldName('name');
  return name?.type === 'identifier' ? [{ name: name.text, line: name.startPosition.row }] : [];
}
