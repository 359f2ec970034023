import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, FileOutline, Import } from './outline.js';
import { childrenOf, nameOf, plainText, shortValue, signature, topLevelOf } from './sourceText.js';

/** The pattern of a receiver takes the square of its length. */
const MAX_RECEIVER_LENGTH = 500;

export function goOutline(tree: SyntaxTree): FileOutline {
  const definitions: Definition[] = [];
  const imports: Import[] = [];
  let packageName = '';
  for (const node of topLevelOf(tree.root)) {
    switch (node.type) {
      case 'package_clause':
        packageName = node.firstNamedChild?.text ?? '';
        break;
      case 'import_declaration':
        for (const spec of node.descendantsOfType('import_spec'))
          if (spec !== null) imports.push(goImport(spec));
        break;
      default:
        definitions.push(...goDefinitions(tree, node));
    }
  }
  return { definitions, imports, aliases: new Map(), packageName };
}

function goImport(spec: Node): Import {
  const module = spec.childForFieldName('path')?.text.slice(1, -1) ?? '';
  const local = spec.childForFieldName('name')?.text ?? module.slice(module.lastIndexOf('/') + 1);
  return { module, names: [], isWhole: true, isReexport: false, local };
}

function goDefinitions(tree: SyntaxTree, node: Node): Definition[] {
  const line = (name: string, head: string): Definition => ({ name, head, members: [], tail: '' });
  switch (node.type) {
    case 'function_declaration':
      return [line(nameOf(node), signature(tree, node, node.childForFieldName('body')))];
    case 'method_declaration': {
      const receiver = node.childForFieldName('receiver')?.text ?? '';
      const [, type = ''] = /\b(\w+)(?:\[.*\])?\s*\)$/.exec(receiver.slice(-MAX_RECEIVER_LENGTH)) ?? [];
      const text = signature(tree, node, node.childForFieldName('body'));
      return [
        { name: type, head: '', members: [{ name: nameOf(node), text }], tail: '', indent: '', isPart: true },
      ];
    }
    case 'type_declaration':
      return childrenOf(node).flatMap((spec) => typeDefinition(tree, spec));
    case 'const_declaration':
    case 'var_declaration':
      return valueDefinitions(tree, node);
    default:
      return [];
  }
}

function typeDefinition(tree: SyntaxTree, spec: Node): Definition[] {
  const name = nameOf(spec);
  if (name === '') return [];
  const type = spec.childForFieldName('type');
  const body =
    type?.type === 'struct_type' ? type.firstNamedChild : type?.type === 'interface_type' ? type : null;
  if (type === null || !body) return [{ name, head: `type ${plainText(tree, spec)}`, members: [], tail: '' }];
  const kind = type.type === 'struct_type' ? 'struct' : 'interface';
  const members = childrenOf(body)
    .filter(({ type: child }) => child !== 'comment')
    .map((child) => ({ name: nameOf(child) || child.text, text: plainText(tree, child) }));
  return [
    {
      name,
      head: `type ${plainText(tree, spec, spec.startIndex, type.startIndex)} ${kind} {`,
      members,
      tail: '}',
      indent: '\t',
    },
  ];
}

/** Constants that are counted up say their value only together. */
function valueDefinitions(tree: SyntaxTree, node: Node): Definition[] {
  const keyword = node.type === 'const_declaration' ? 'const' : 'var';
  const specs = node.descendantsOfType(['const_spec', 'var_spec']).filter((spec) => spec !== null);
  if (specs.some((spec) => spec.text.includes('iota'))) {
    const members = specs.map((spec) => ({ name: nameOf(spec), text: plainText(tree, spec) }));
    return members.map(({ name }) => ({ name, head: `${keyword} (`, members, tail: ')', indent: '\t' }));
  }
  return specs.map((spec) => {
    const value = spec.childForFieldName('value');
    const left = plainText(tree, spec, spec.startIndex, value?.startIndex).replace(/(?<!\s)\s*=$/, '');
    const text = value === null ? left : `${left} = ${shortValue(tree, value)}`;
    return { name: nameOf(spec), head: `${keyword} ${text}`, members: [], tail: '' };
  });
}
