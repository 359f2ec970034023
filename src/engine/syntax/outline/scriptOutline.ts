import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import { commonJsExports } from './commonJsExports.js';
import type { Definition, FileOutline, Import } from './outline.js';
import { scriptDefinitions } from './scriptDefinitions.js';
import { scriptImport, scriptRequire } from './scriptImport.js';
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

  /** @param outer the node with what precedes it: `export`, `declare` */
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
