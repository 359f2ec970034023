import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, FileOutline, Import, ImportedName, Member } from './outline.js';
import { MAX_DEPTH, childrenOf, nameOf, plainText, shortValue, signature, topLevelOf } from './sourceText.js';

export function rustOutline(tree: SyntaxTree): FileOutline {
  const definitions: Definition[] = [];
  const imports: Import[] = [];
  const visit = (node: Node, depth = 0): void => {
    if (depth > MAX_DEPTH) return;
    if (node.type === 'use_declaration') imports.push(...uses(node));
    else if (node.type === 'mod_item') {
      const body = node.childForFieldName('body');
      // `mod a;` is another file's; `mod a { … }` has its names here, unless they are tests.
      if (body === null)
        imports.push({
          module: `self::${nameOf(node)}`,
          names: [],
          isWhole: true,
          isReexport: false,
          local: nameOf(node),
        });
      else if (nameOf(node) !== 'tests') for (const child of childrenOf(body)) visit(child, depth + 1);
    } else definitions.push(...rustDefinitions(tree, node));
  };
  for (const node of topLevelOf(tree.root)) visit(node);
  return { definitions, imports, aliases: new Map() };
}

/** `use a::{b, c::d as e, f::*}` is one import for each module. */
function uses(declaration: Node): Import[] {
  const imports: Import[] = [];
  const isReexport = childrenOf(declaration).some(({ type }) => type === 'visibility_modifier');
  const add = (module: string, names: readonly ImportedName[], local?: string): void => {
    const own = local === undefined ? {} : { local };
    imports.push({ module, names, isWhole: names.length === 0, isReexport, ...own });
  };
  const visit = (node: Node, path: string, depth = 0): void => {
    if (depth > MAX_DEPTH) return;
    const joined = (text: string): string => (path === '' ? text : `${path}::${text}`);
    switch (node.type) {
      case 'scoped_use_list': {
        const inner = joined(node.childForFieldName('path')?.text ?? '');
        for (const child of childrenOf(node.childForFieldName('list'))) visit(child, inner, depth + 1);
        break;
      }
      case 'use_list':
        for (const child of childrenOf(node)) visit(child, path, depth + 1);
        break;
      case 'use_as_clause':
        addPath(joined(node.childForFieldName('path')?.text ?? ''), node.childForFieldName('alias')?.text);
        break;
      case 'use_wildcard':
        add(joined(node.firstNamedChild?.text ?? ''), []);
        break;
      case 'self':
        add(path, [], path.slice(path.lastIndexOf(':') + 1));
        break;
      default:
        addPath(joined(node.text));
    }
  };
  const addPath = (path: string, alias?: string): void => {
    const at = path.lastIndexOf('::');
    if (at < 0) return;
    const name = path.slice(at + 2);
    add(path.slice(0, at), [{ name, local: alias ?? name }]);
  };
  const argument = declaration.childForFieldName('argument');
  if (argument !== null) visit(argument, '');
  return imports;
}

function rustDefinitions(tree: SyntaxTree, node: Node): Definition[] {
  const name = nameOf(node);
  const body = node.childForFieldName('body');
  switch (node.type) {
    case 'function_item':
    case 'function_signature_item':
    case 'struct_item':
    case 'union_item':
    case 'enum_item':
    case 'trait_item':
      return [itemOf(tree, node, name, body)];
    case 'const_item':
    case 'static_item': {
      const value = node.childForFieldName('value');
      const left = plainText(tree, node, node.startIndex, value?.startIndex).replace(/(?<!\s)\s*[=;]$/, '');
      return [
        {
          name,
          head: value === null ? `${left};` : `${left} = ${shortValue(tree, value)};`,
          members: [],
          tail: '',
        },
      ];
    }
    case 'type_item':
      return [{ name, head: plainText(tree, node), members: [], tail: '' }];
    case 'macro_definition':
      return [{ name, head: `macro_rules! ${name}`, members: [], tail: '' }];
    case 'impl_item': {
      const type = node.childForFieldName('type');
      const isOfTrait = node.childForFieldName('trait') !== null;
      const owner = type?.childForFieldName('type')?.text ?? type?.text ?? '';
      const members = itemMembers(tree, body, isOfTrait);
      return [
        {
          name: owner,
          head: `${signature(tree, node, body)} {`,
          members,
          tail: '}',
          indent: '    ',
          isPart: true,
        },
      ];
    }
    default:
      return [];
  }
}

function itemOf(tree: SyntaxTree, node: Node, name: string, body: Node | null): Definition {
  const whole = (head: string): Definition => ({ name, head, members: [], tail: '' });
  if (node.type.startsWith('function'))
    return whole(`${signature(tree, node, body).replace(/(?<![,;])[,;]+$/, '')};`);
  if (body === null || body.type === 'ordered_field_declaration_list') return whole(plainText(tree, node));
  const members =
    node.type === 'trait_item'
      ? itemMembers(tree, body, true)
      : childrenOf(body)
          .filter(({ type }) => /^(?:field_declaration|enum_variant)$/.test(type))
          .map((child) => ({ name: nameOf(child), text: `${plainText(tree, child)},` }));
  return { name, head: `${signature(tree, node, body)} {`, members, tail: '}', indent: '    ' };
}

/** @param areAllPublic a trait's are, without saying so */
function itemMembers(tree: SyntaxTree, body: Node | null, areAllPublic: boolean): Member[] {
  return childrenOf(body)
    .filter(({ type }) => /^(?:function(?:_signature)?|const|type)_item$|^associated_type$/.test(type))
    .filter((child) => areAllPublic || childrenOf(child).some(({ type }) => type === 'visibility_modifier'))
    .map((child) => {
      const text = signature(tree, child, child.childForFieldName('body'));
      return { name: nameOf(child), text: text.endsWith(';') ? text : `${text};` };
    });
}
