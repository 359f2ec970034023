import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, FileOutline, Import, Member } from './outline.js';
import { MAX_DEPTH, childrenOf, nameOf, plainText, shortValue, signature, topLevelOf } from './sourceText.js';

/** Nodes that only wrap declarations. */
const GROUPS =
  /^(?:preproc_(?:ifdef|if|else|elif)|namespace_definition|linkage_specification|declaration_list)$/;
const TYPES = /^(?:class|struct|union|enum)_specifier$/;
/** Names of which every header has one, to be read only once. */
const GUARD = /_H(?:PP)?_*$|_INCLUDED$/i;

/** C and C++. */
export function cppOutline(tree: SyntaxTree): FileOutline {
  const definitions: Definition[] = [];
  const imports: Import[] = [];
  const visit = (node: Node, depth = 0): void => {
    if (depth > MAX_DEPTH) return;
    if (node.type === 'preproc_include') imports.push(...include(node));
    else if (GROUPS.test(node.type)) for (const child of childrenOf(node)) visit(child, depth + 1);
    else definitions.push(...cppDefinitions(tree, node, node));
  };
  for (const node of topLevelOf(tree.root)) visit(node);
  return { definitions, imports, aliases: new Map() };
}

function include(node: Node): Import[] {
  const path = node.childForFieldName('path');
  if (path?.type !== 'string_literal') return [];
  // Files that include a header can use what it includes.
  return [{ module: path.text.slice(1, -1), names: [], isWhole: true, isReexport: true }];
}

function cppDefinitions(tree: SyntaxTree, node: Node, outer: Node): Definition[] {
  const line = (name: string, head: string): Definition => ({ name, head, members: [], tail: '' });
  switch (node.type) {
    case 'template_declaration': {
      const inner = childrenOf(node).at(-1);
      return inner === undefined ? [] : cppDefinitions(tree, inner, node);
    }
    case 'function_definition':
    case 'declaration':
      return declared(tree, node, outer);
    case 'type_definition': {
      const type = node.childForFieldName('type');
      const name = declaredName(node);
      if (type === null || !TYPES.test(type.type)) return [line(name, plainText(tree, node))];
      return typeDefinition(tree, type, node).map((made) => ({ ...made, name, tail: `} ${name};` }));
    }
    case 'alias_declaration':
      return [line(nameOf(node), plainText(tree, node))];
    case 'preproc_def':
    case 'preproc_function_def': {
      const name = nameOf(node);
      const value = node.childForFieldName('value');
      if (value === null || GUARD.test(name)) return [];
      const parameters = node.childForFieldName('parameters')?.text ?? '';
      return [line(name, `#define ${name}${parameters} ${shortValue(tree, value)}`)];
    }
    default:
      return TYPES.test(node.type) ? typeDefinition(tree, node, outer) : [];
  }
}

function declared(tree: SyntaxTree, node: Node, outer: Node): Definition[] {
  const name = declaredName(node);
  // `A::b` is what a header has declared already.
  if (name === '' || name.includes('::')) return [];
  return [{ name, head: declarationLine(tree, node, outer), members: [], tail: '' }];
}

function declarationLine(tree: SyntaxTree, node: Node, outer = node): string {
  const declarator = node.childForFieldName('declarator');
  const value = declarator?.childForFieldName('value') ?? node.childForFieldName('default_value');
  const initializers = childrenOf(node).find(({ type }) => type === 'field_initializer_list');
  const body = initializers ?? node.childForFieldName('body');
  const text = signature(tree, node, value ?? body, outer.startIndex).replace(/(?<![;=\s])[;=\s]+$/, '');
  return value === null ? `${text};` : `${text} = ${shortValue(tree, value)};`;
}

function typeDefinition(tree: SyntaxTree, node: Node, outer: Node): Definition[] {
  const body = node.childForFieldName('body');
  // Only said to exist.
  if (body === null) return [];
  const head = `${signature(tree, node, body, outer.startIndex)} {`;
  return [{ name: nameOf(node), head, members: membersOf(tree, node, body), tail: '};', indent: '    ' }];
}

function membersOf(tree: SyntaxTree, node: Node, body: Node): Member[] {
  const members: Member[] = [];
  let access = node.type === 'class_specifier' ? 'private' : 'public';
  for (const child of childrenOf(body)) {
    if (child.type === 'access_specifier') access = child.text;
    else if (child.type === 'enumerator')
      members.push({ name: nameOf(child), text: `${plainText(tree, child)},` });
    else if (access !== 'private') members.push(...memberOf(tree, child));
  }
  return members;
}

function memberOf(tree: SyntaxTree, node: Node): Member[] {
  const inner = node.type === 'template_declaration' ? childrenOf(node).at(-1) : node;
  if (inner === undefined || !/^(?:field_declaration|declaration|function_definition)$/.test(inner.type))
    return [];
  const name = declaredName(inner);
  return name === '' ? [] : [{ name, text: declarationLine(tree, inner, node) }];
}

/** The name is inside of the declarator, below pointers, arrays and parameters. */
function declaredName(node: Node): string {
  let declarator = node.childForFieldName('declarator');
  for (let inner = declarator; inner !== null;) {
    declarator = inner;
    inner =
      inner.childForFieldName('declarator') ??
      (/^(?:parenthesized|reference)_declarator$/.test(inner.type) ? inner.firstNamedChild : null);
  }
  return declarator?.text ?? '';
}
