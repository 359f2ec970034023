import type { Node } from '@vscode/tree-sitter-wasm';
import type { Import, ImportedName } from './outline.js';
import { childrenOf, nameOf } from './sourceText.js';

/** `import … from`, `import x = require()`, `export … from`; `undefined` for an export of the file's own. */
export function scriptImport(node: Node): Import | undefined {
  const [required] = node.descendantsOfType('import_require_clause');
  const source = (required ?? node).childForFieldName('source');
  if (!source) return undefined;
  const names: ImportedName[] = [];
  for (const specifier of node.descendantsOfType(['import_specifier', 'export_specifier'])) {
    if (specifier === null) continue;
    const [first, second] = [nameOf(specifier), specifier.childForFieldName('alias')?.text];
    names.push({ name: first, local: second ?? first });
  }
  const isReexport = node.type === 'export_statement';
  const [clause] = childrenOf(node).filter(({ type }) => type === 'import_clause');
  const byDefault = childrenOf(clause).find(({ type }) => type === 'identifier');
  if (byDefault !== undefined) names.push({ name: 'default', local: byDefault.text });
  const [namespace] = node.descendantsOfType(['namespace_import', 'namespace_export']);
  const local = (required ?? namespace)?.firstNamedChild?.text;
  const isWhole = local !== undefined || (isReexport && names.length === 0);
  return { module: unquoted(source), names, isWhole, isReexport, ...(local === undefined ? {} : { local }) };
}

/** `const x = require('…')`, `const { a, b: c } = require('…')` */
export function scriptRequire(declarator: Node): Import | undefined {
  const module = requiredModule(declarator.childForFieldName('value'));
  const pattern = declarator.childForFieldName('name');
  if (module === undefined || pattern === null) return undefined;
  if (pattern.type === 'identifier')
    return { module, names: [], isWhole: true, isReexport: false, local: pattern.text };
  const names = childrenOf(pattern).map((child) => {
    const key = child.childForFieldName('key')?.text ?? child.text;
    return { name: key, local: child.childForFieldName('value')?.text ?? key };
  });
  return { module, names, isWhole: false, isReexport: false };
}

/** The module that a value loads. */
export function requiredModule(value: Node | null): string | undefined {
  if (value?.type !== 'call_expression' || value.childForFieldName('function')?.text !== 'require')
    return undefined;
  const [source] = childrenOf(value.childForFieldName('arguments'));
  return source?.type === 'string' ? unquoted(source) : undefined;
}

function unquoted(text: Node): string {
  return text.text.slice(1, -1);
}
