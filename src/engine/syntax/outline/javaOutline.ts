import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, FileOutline, Import, Member } from './outline.js';
import { childrenOf, nameOf, plainText, shortValue, signature, topLevelOf } from './sourceText.js';

const TYPES = new Set([
  'class_declaration',
  'interface_declaration',
  'enum_declaration',
  'record_declaration',
  'annotation_type_declaration',
]);

export function javaOutline(tree: SyntaxTree): FileOutline {
  const definitions: Definition[] = [];
  const imports: Import[] = [];
  let packageName = '';
  for (const node of topLevelOf(tree.root)) {
    if (node.type === 'package_declaration') packageName = node.firstNamedChild?.text ?? '';
    else if (node.type === 'import_declaration') imports.push(javaImport(node));
    else if (TYPES.has(node.type)) definitions.push(typeDefinition(tree, node));
  }
  return { definitions, imports, aliases: new Map(), packageName };
}

/** The module is a package; of a static import it is a class. */
function javaImport(node: Node): Import {
  const path = childrenOf(node).find(({ type }) => /identifier$/.test(type))?.text ?? '';
  const isWhole = childrenOf(node).some(({ type }) => type === 'asterisk');
  const at = path.lastIndexOf('.');
  if (isWhole || at < 0) return { module: path, names: [], isWhole: true, isReexport: false };
  const name = path.slice(at + 1);
  return { module: path.slice(0, at), names: [{ name, local: name }], isWhole: false, isReexport: false };
}

function typeDefinition(tree: SyntaxTree, node: Node): Definition {
  const body = node.childForFieldName('body');
  return {
    name: nameOf(node),
    head: `${withoutAnnotations(tree, node, body)} {`,
    members: membersOf(tree, node, body),
    tail: '}',
    indent: '    ',
  };
}

function membersOf(tree: SyntaxTree, node: Node, body: Node | null): Member[] {
  const isInterface = node.type === 'interface_declaration' || node.type === 'annotation_type_declaration';
  const members: Member[] = [];
  const constants: string[] = [];
  for (const child of childrenOf(body)) {
    if (child.type === 'enum_constant')
      constants.push(plainText(tree, child, child.startIndex, child.childForFieldName('body')?.startIndex));
    else if (child.type === 'enum_body_declarations') members.push(...membersOf(tree, node, child));
    else members.push(...memberOf(tree, child, isInterface));
  }
  if (constants.length > 0) members.unshift({ name: constants.join(' '), text: `${constants.join(', ')};` });
  return members;
}

function memberOf(tree: SyntaxTree, node: Node, isInterface: boolean): Member[] {
  const modifiers = childrenOf(node).find(({ type }) => type === 'modifiers')?.text ?? '';
  if (/\bprivate\b/.test(modifiers) && !isInterface) return [];
  const body = node.childForFieldName('body');
  switch (node.type) {
    case 'method_declaration':
    case 'constructor_declaration':
      return [{ name: nameOf(node), text: `${withoutAnnotations(tree, node, body).replace(/;$/, '')};` }];
    case 'field_declaration':
    case 'constant_declaration': {
      const declarator = node.childForFieldName('declarator');
      const value = declarator?.childForFieldName('value') ?? null;
      const left = withoutAnnotations(tree, node, value).replace(/(?<!\s)\s*[=;]$/, '');
      const text = value === null ? `${left};` : `${left} = ${shortValue(tree, value)};`;
      return [{ name: nameOf(declarator ?? node), text }];
    }
    default:
      if (!TYPES.has(node.type)) return [];
      return [{ name: nameOf(node), text: `${withoutAnnotations(tree, node, body)} { … }` }];
  }
}

function withoutAnnotations(tree: SyntaxTree, node: Node, end: Node | null): string {
  const text = signature(tree, node, end);
  const modifiers = childrenOf(node).find(({ type }) => type === 'modifiers');
  if (modifiers === undefined) return text;
  const words = modifiers.children.filter((child) => child !== null && !/annotation$/.test(child.type));
  const rest = signature(tree, node, end, modifiers.endIndex);
  return [...words.map((word) => word?.text ?? ''), rest].join(' ');
}
