import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import { commonJsExports } from './commonJsExports.js';
import type { Definition, FileOutline, Import, ImportedName } from './outline.js';
import { scriptDefinitions } from './scriptDefinitions.js';
import { scriptValue } from './scriptValue.js';
import { childrenOf, nameOf, topLevelOf } from './sourceText.js';

/** TypeScript and JavaScript. */
export function scriptOutline(tree: SyntaxTree): FileOutline {
  const outline = new ScriptOutline(tree);
  for (const node of topLevelOf(tree.root)) outline.add(node, node);
  return outline;
}

class ScriptOutline implements FileOutline {
  readonly definitions: Definition[] = [];
  readonly imports: Import[] = [];
  readonly aliases = new Map<string, string>();
  private overloaded = '';

  constructor(private readonly tree: SyntaxTree) {}

  /** @param outer the node with what stands before it: `export`, `declare` */
  add(node: Node, outer: Node): void {
    switch (node.type) {
      case 'import_statement':
        this.addImport(node);
        break;
      case 'export_statement':
        this.addExport(node);
        break;
      case 'ambient_declaration':
        for (const child of childrenOf(node)) this.add(child, outer);
        break;
      case 'expression_statement':
        this.addCommonJs(node);
        break;
      case 'lexical_declaration':
      case 'variable_declaration':
        for (const declarator of childrenOf(node)) {
          const required = scriptRequire(declarator);
          if (required !== undefined) this.imports.push(required);
          else this.define(declarator, outer);
          // `const a = (module.exports = …)`
          if (/^\(?\s*module\.exports\b/.test(declarator.childForFieldName('value')?.text ?? ''))
            this.aliases.set('default', nameOf(declarator));
        }
        break;
      case 'function_signature':
        this.overloaded = nameOf(node);
        this.define(node, outer);
        break;
      default:
        // What implements overloads can't be called itself.
        if (node.type !== 'function_declaration' || this.overloaded !== nameOf(node))
          this.define(node, outer);
    }
  }

  private define(node: Node, outer: Node): void {
    this.definitions.push(...scriptDefinitions(this.tree, node, outer));
  }

  private addImport(node: Node): boolean {
    const imported = scriptImport(node);
    if (imported !== undefined) this.imports.push(imported);
    return imported !== undefined;
  }

  private addExport(node: Node): void {
    if (this.addImport(node)) return;
    const declaration = node.childForFieldName('declaration');
    const value = node.childForFieldName('value');
    const isDefault = node.children.some((child) => child?.type === 'default');
    if (declaration !== null) {
      this.add(declaration, node);
      if (isDefault && nameOf(declaration) !== '') this.aliases.set('default', nameOf(declaration));
    } else if (value?.type === 'identifier') this.aliases.set('default', value.text);
    else if (value !== null)
      this.definitions.push(scriptValue(this.tree, value, 'default', 'export default ', 'export default '));
    for (const specifier of node.descendantsOfType('export_specifier')) {
      const exported = specifier?.childForFieldName('alias')?.text;
      if (specifier !== null && exported !== undefined) this.aliases.set(exported, nameOf(specifier));
    }
  }

  private addCommonJs(node: Node): void {
    const { definitions, imports, aliases } = commonJsExports(this.tree, node);
    this.definitions.push(...definitions);
    this.imports.push(...imports);
    for (const [exported, local] of aliases) this.aliases.set(exported, local);
  }
}

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
