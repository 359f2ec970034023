import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition } from './outline.js';
import { assignedFields, classMembers, enumMembers, FUNCTIONS, typeMembers } from './scriptMembers.js';
import { scriptValue } from './scriptValue.js';
import { childrenOf, nameOf, plainText, signature } from './sourceText.js';

/** @param outer the node with what precedes it, such as `export` */
export function scriptDefinitions(tree: SyntaxTree, node: Node, outer: Node): Definition[] {
  const name = nameOf(node);
  const body = node.childForFieldName('body');
  const before = (): string => signature(tree, node, body, outer.startIndex);
  const typeWith = (members: Definition['members'], head = before()): Definition[] => [
    { name, head: `${head} {`, members, tail: '}' },
  ];
  switch (node.type) {
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'function_signature':
      return [
        { name, head: `${before().replace(/;$/, '')};`, members: [], tail: '' },
        ...constructed(tree, node, name),
      ];
    case 'class_declaration':
    case 'abstract_class_declaration':
      return typeWith(classMembers(tree, body), withoutDecorators(tree, node, outer, body));
    case 'interface_declaration':
      return typeWith(typeMembers(tree, body));
    case 'enum_declaration':
      return typeWith(enumMembers(tree, body));
    case 'type_alias_declaration':
      return [typeAlias(tree, node, outer, name)];
    case 'variable_declarator':
      return variable(tree, node, outer);
    default:
      return [];
  }
}

/** A function whose name begins with a capital may be a class of the old kind. */
function constructed(tree: SyntaxTree, node: Node, name: string): Definition[] {
  const members = /^[A-Z]/.test(name) ? assignedFields(tree, node) : [];
  return members.length === 0 ? [] : [{ name, head: '', members, tail: '', isPart: true }];
}

function typeAlias(tree: SyntaxTree, node: Node, outer: Node, name: string): Definition {
  const value = node.childForFieldName('value');
  if (value?.type === 'object_type') {
    const head = `${signature(tree, node, value, outer.startIndex)} {`;
    return { name, head, members: typeMembers(tree, value), tail: '};' };
  }
  return { name, head: plainText(tree, node, outer.startIndex), members: [], tail: '' };
}

function variable(tree: SyntaxTree, node: Node, outer: Node): Definition[] {
  const nameNode = node.childForFieldName('name');
  // What is taken apart is the file's own matter.
  if (nameNode?.type !== 'identifier') return [];
  const name = nameNode.text;
  const value = node.childForFieldName('value');
  const type = node.childForFieldName('type');
  const exported = outer.type === 'export_statement' ? 'export ' : '';
  const keyword = node.parent?.firstChild?.text ?? 'const';
  const left = `${exported}${keyword} ${name}${type === null ? '' : plainText(tree, type)}`;
  // A function's type says more than what it's made of.
  if (value === null || (type !== null && FUNCTIONS.has(value.type)))
    return [{ name, head: `${left};`, members: [], tail: '' }];
  return [scriptValue(tree, value, name, `${left} = `, exported)];
}

function withoutDecorators(tree: SyntaxTree, node: Node, outer: Node, body: Node | null): string {
  const decorators = [...childrenOf(outer), ...childrenOf(node)].filter(({ type }) => type === 'decorator');
  const end = decorators.at(-1)?.endIndex;
  if (end === undefined) return signature(tree, node, body, outer.startIndex);
  const isExported = tree.text.startsWith('export', outer.startIndex);
  const rest = plainText(tree, node, end, body?.startIndex);
  return isExported && !rest.startsWith('export') ? `export ${rest}` : rest;
}
