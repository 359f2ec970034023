import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Member } from './outline.js';
import { childrenOf, descendantsOf, nameOf, plainText, shortValue, signature } from './sourceText.js';

/** What others may use of a class. */
export function classMembers(tree: SyntaxTree, body: Node | null): Member[] {
  const members: Member[] = [];
  for (const node of childrenOf(body)) {
    const nameNode = node.childForFieldName('name') ?? node.childForFieldName('property');
    const name = nameNode?.text ?? '';
    const access = childrenOf(node).find(({ type }) => type === 'accessibility_modifier')?.text;
    if (nameNode === null || name.startsWith('#') || access === 'private') continue;
    // JavaScript's classes get their fields in the constructor.
    if (name === 'constructor' && !tree.syntax.bodies.has('interface_body'))
      members.push(...assignedFields(tree, node));
    const start = childrenOf(node).findLast(({ type }) => type === 'decorator')?.endIndex ?? node.startIndex;
    const value = node.childForFieldName('value');
    members.push({
      name,
      text: value === null ? methodLine(tree, node, start) : fieldLine(tree, node, nameNode, value, start),
    });
  }
  return members;
}

function methodLine(tree: SyntaxTree, node: Node, start: number): string {
  return `${signature(tree, node, node.childForFieldName('body'), start)};`;
}

function fieldLine(tree: SyntaxTree, node: Node, name: Node, value: Node, start: number): string {
  const type = node.childForFieldName('type');
  if (type === null && FUNCTIONS.has(value.type)) return `${name.text}${parametersOf(tree, value)};`;
  const left = plainText(tree, node, start, (type ?? name).endIndex);
  const short = FUNCTIONS.has(value.type) ? '…' : shortValue(tree, value);
  return short === '…' && type !== null ? `${left};` : `${left} = ${short};`;
}

/** What a function gives `this`. */
export function assignedFields(tree: SyntaxTree, node: Node): Member[] {
  const fields = new Map<string, Member>();
  for (const assignment of descendantsOf(node, 'assignment_expression')) {
    const [, name = ''] = /^this\.(\w+)$/.exec(assignment.childForFieldName('left')?.text ?? '') ?? [];
    const value = assignment.childForFieldName('right');
    if (name !== '' && value !== null && !fields.has(name))
      fields.set(name, { name, text: `this.${name} = ${shortValue(tree, value)};` });
  }
  return [...fields.values()];
}

/** Of an interface or an object's type. */
export function typeMembers(tree: SyntaxTree, body: Node | null): Member[] {
  return childrenOf(body)
    .filter(({ type }) => !tree.syntax.comments.has(type))
    .map((node) => ({ name: nameOf(node), text: `${plainText(tree, node)};` }));
}

export function enumMembers(tree: SyntaxTree, body: Node | null): Member[] {
  return childrenOf(body)
    .filter(({ type }) => !tree.syntax.comments.has(type))
    .map((node) => ({ name: nameOf(node) || node.text, text: `${plainText(tree, node)},` }));
}

/** Of an object: short values whole, of functions the signatures. */
export function objectMembers(tree: SyntaxTree, object: Node): Member[] {
  return childrenOf(object)
    .filter(({ type }) => !tree.syntax.comments.has(type))
    .map((node): Member => {
      const key = node.childForFieldName('key') ?? node.childForFieldName('name') ?? node;
      const value = node.childForFieldName('value');
      if (node.type === 'method_definition')
        return { name: key.text, text: `${signature(tree, node, node.childForFieldName('body'))} {…},` };
      if (value === null) return { name: key.text, text: `${plainText(tree, node)},` };
      if (FUNCTIONS.has(value.type))
        return { name: key.text, text: `${key.text}${parametersOf(tree, value)} {…},` };
      return { name: key.text, text: `${key.text}: ${shortValue(tree, value)},` };
    });
}

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
