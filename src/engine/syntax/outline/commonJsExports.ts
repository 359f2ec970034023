import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, Import } from './outline.js';
import { requiredModule } from './scriptImport.js';
import { scriptValue } from './scriptValue.js';
import { childrenOf } from './sourceText.js';

export interface CommonJsExports {
  readonly definitions: Definition[];
  readonly imports: Import[];
  /** Names under which a module's names go out. */
  readonly aliases: Map<string, string>;
}

/** `module.exports = …`, `exports.a = …`, and methods that are given to a class from outside. */
export function commonJsExports(tree: SyntaxTree, statement: Node): CommonJsExports {
  const made: CommonJsExports = { definitions: [], imports: [], aliases: new Map() };
  const lefts: string[] = [];
  let value: Node | null | undefined = childrenOf(statement)[0];
  while (value?.type === 'assignment_expression') {
    lefts.push(value.childForFieldName('left')?.text ?? '');
    value = value.childForFieldName('right');
  }
  if (!value) return made;
  for (const left of lefts) {
    const [, name] = /^(?:module\.)?exports\.(\w+)$/.exec(left) ?? [];
    if (/^(?:module\.)?exports$/.test(left)) exportWhole(tree, value, made);
    else if (name !== undefined) exportAs(tree, name, value, made);
    else addPart(tree, left, value, made);
  }
  return made;
}

function exportWhole(tree: SyntaxTree, value: Node, made: CommonJsExports): void {
  if (value.type !== 'object') {
    exportAs(tree, 'default', value, made);
    return;
  }
  for (const child of childrenOf(value)) {
    const name = (child.childForFieldName('key') ?? child.childForFieldName('name') ?? child).text;
    const property = child.childForFieldName('value');
    if (child.type === 'shorthand_property_identifier') made.aliases.set(name, name);
    else if (property !== null) exportAs(tree, name, property, made);
    else if (child.type === 'method_definition') {
      const parameters = child.childForFieldName('parameters')?.text ?? '()';
      made.definitions.push({ name, head: `function ${name}${parameters};`, members: [], tail: '' });
      made.aliases.set(name, name);
    }
  }
}

function exportAs(tree: SyntaxTree, name: string, value: Node, made: CommonJsExports): void {
  const module = requiredModule(value);
  if (module !== undefined) {
    made.imports.push({ module, names: [], isWhole: true, isReexport: true });
    return;
  }
  made.aliases.set(name, value.type === 'identifier' ? value.text : name);
  if (value.type === 'identifier') return;
  const left = name === 'default' ? 'module.exports = ' : `exports.${name} = `;
  made.definitions.push(scriptValue(tree, value, name, left));
}

function addPart(tree: SyntaxTree, left: string, value: Node, made: CommonJsExports): void {
  const [, owner, name] = /^([A-Z]\w*)\.(?:prototype\.)?(\w+)$/.exec(left) ?? [];
  if (owner === undefined || name === undefined || name === 'prototype') return;
  const { head } = scriptValue(tree, value, name, `${left} = `);
  const text = head.startsWith('function ') ? head.replace(`function ${name}`, `${left} = function `) : head;
  made.definitions.push({
    name: owner,
    head: '',
    members: [{ name, text }],
    tail: '',
    indent: '',
    isPart: true,
  });
}
