import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, Member } from './outline.js';
import { childrenOf, nameOf, plainText, shortValue, signature } from './sourceText.js';

const FUNCTIONS = new Set(['arrow_function', 'function_expression', 'generator_function']);
const CLASSES = new Set(['class_declaration', 'abstract_class_declaration', 'class']);

/**
 * @param outer the node with what stands before it, such as `export`
 * @param name of a value that carries none itself
 */
export function scriptDefinitions(
  tree: SyntaxTree,
  node: Node,
  outer: Node,
  name = nameOf(node),
): Definition[] {
  const body = node.childForFieldName('body');
  const before = (end: Node | null): string => signature(tree, node, end, outer.startIndex);
  const whole = (head: string): Definition[] => [{ name, head, members: [], tail: '' }];
  if (/^(?:generator_)?function_(?:declaration|signature)$/.test(node.type))
    return whole(`${before(body).replace(/;$/, '')};`);
  if (FUNCTIONS.has(node.type)) return whole(functionLine(tree, node, name, ''));
  if (CLASSES.has(node.type))
    return [
      {
        name,
        head: `${withoutDecorators(tree, node, outer, body)} {`,
        members: classMembers(tree, body),
        tail: '}',
      },
    ];
  switch (node.type) {
    case 'interface_declaration':
      return [{ name, head: `${before(body)} {`, members: typeMembers(tree, body), tail: '}' }];
    case 'enum_declaration':
      return [{ name, head: `${before(body)} {`, members: enumMembers(tree, body), tail: '}' }];
    case 'type_alias_declaration':
      return [typeAlias(tree, node, outer, name)];
    case 'variable_declarator':
      return variable(tree, node, outer);
    case 'object':
    case 'as_expression':
    case 'call_expression':
    case 'new_expression':
      return [valueDefinition(tree, node, name, `${name} = `)];
    default:
      return [];
  }
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
  const isExported = outer.type === 'export_statement' ? 'export ' : '';
  if (value !== null && FUNCTIONS.has(value.type)) {
    const type = node.childForFieldName('type');
    if (type !== null)
      return [{ name, head: `${isExported}const ${name}${plainText(tree, type)};`, members: [], tail: '' }];
    return [{ name, head: functionLine(tree, value, name, isExported), members: [], tail: '' }];
  }
  if (value !== null && CLASSES.has(value.type))
    return scriptDefinitions(tree, value, value, name).map((made) => ({
      ...made,
      head: `${isExported}const ${name} = ${made.head}`,
    }));
  const keyword = (node.parent?.firstChild?.text ?? 'const') + ' ';
  const type = node.childForFieldName('type');
  const left = `${isExported}${keyword}${name}${type === null ? '' : plainText(tree, type)}`;
  if (value === null) return [{ name, head: `${left};`, members: [], tail: '' }];
  return [valueDefinition(tree, value, name, `${left} = `)];
}

/** A constant with its value: short ones whole, of long objects the properties. */
function valueDefinition(tree: SyntaxTree, value: Node, name: string, left: string): Definition {
  const inner = /^(?:as|satisfies)_expression$/.test(value.type) ? (value.firstNamedChild ?? value) : value;
  const short = shortValue(tree, value);
  if (inner.type !== 'object' || short !== '…')
    return { name, head: `${left}${short};`, members: [], tail: '' };
  const members = childrenOf(inner).map((child): Member => {
    const key = child.childForFieldName('key') ?? child.childForFieldName('name') ?? child;
    const property = child.childForFieldName('value');
    if (child.type === 'method_definition')
      return { name: key.text, text: `${signature(tree, child, child.childForFieldName('body'))} {…},` };
    if (property === null) return { name: key.text, text: `${plainText(tree, child)},` };
    return { name: key.text, text: `${key.text}: ${shortValue(tree, property)},` };
  });
  return { name, head: `${left}{`, members, tail: '};' };
}

function classMembers(tree: SyntaxTree, body: Node | null): Member[] {
  const members: Member[] = [];
  for (const node of childrenOf(body)) {
    const name = nameOf(node) || (node.childForFieldName('property')?.text ?? '');
    const access = childrenOf(node).find(({ type }) => type === 'accessibility_modifier')?.text;
    if (name === '' || name.startsWith('#') || access === 'private') continue;
    const nameNode = node.childForFieldName('name') ?? node.childForFieldName('property');
    const start = childrenOf(node).findLast(({ type }) => type === 'decorator')?.endIndex ?? node.startIndex;
    const value = node.childForFieldName('value');
    if (value !== null && FUNCTIONS.has(value.type)) {
      const type = node.childForFieldName('type');
      if (type !== null) members.push({ name, text: `${plainText(tree, node, start, type.endIndex)};` });
      else members.push({ name, text: `${name}${parametersOf(tree, value)};` });
    } else if (value !== null && nameNode !== null) {
      const left = plainText(tree, node, start, (node.childForFieldName('type') ?? nameNode).endIndex);
      const short = shortValue(tree, value);
      const isTyped = node.childForFieldName('type') !== null;
      members.push({ name, text: short === '…' && isTyped ? `${left};` : `${left} = ${short};` });
    } else members.push({ name, text: `${signature(tree, node, node.childForFieldName('body'), start)};` });
  }
  return members;
}

function typeMembers(tree: SyntaxTree, body: Node | null): Member[] {
  return childrenOf(body)
    .filter(({ type }) => !tree.syntax.comments.has(type))
    .map((node) => ({ name: nameOf(node), text: `${plainText(tree, node)};` }));
}

function enumMembers(tree: SyntaxTree, body: Node | null): Member[] {
  return childrenOf(body)
    .filter(({ type }) => !tree.syntax.comments.has(type))
    .map((node) => ({ name: nameOf(node) || node.text, text: `${plainText(tree, node)},` }));
}

/** A function that is a value, as if it had been declared. */
function functionLine(tree: SyntaxTree, node: Node, name: string, before: string): string {
  const isAsync = node.firstChild?.type === 'async' ? 'async ' : '';
  return `${before}${isAsync}function ${name}${parametersOf(tree, node)};`;
}

function parametersOf(tree: SyntaxTree, node: Node): string {
  const single = node.childForFieldName('parameter');
  if (single !== null) return `(${single.text})`;
  const parts = ['type_parameters', 'parameters', 'return_type'].map((field) =>
    node.childForFieldName(field),
  );
  return parts.map((part) => (part === null ? '' : plainText(tree, part))).join('');
}

function withoutDecorators(tree: SyntaxTree, node: Node, outer: Node, body: Node | null): string {
  const decorators = [...childrenOf(outer), ...childrenOf(node)].filter(({ type }) => type === 'decorator');
  const end = decorators.at(-1)?.endIndex;
  if (end === undefined) return signature(tree, node, body, outer.startIndex);
  const isExported =
    end > outer.startIndex && tree.text.slice(outer.startIndex, outer.startIndex + 6) === 'export';
  const rest = plainText(tree, node, Math.max(end, outer.startIndex), body?.startIndex);
  return isExported && !rest.startsWith('export') ? `export ${rest}` : rest;
}
