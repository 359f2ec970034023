import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, FileOutline, Import } from './outline.js';
import { scriptDefinitions } from './scriptDefinitions.js';
import { scriptImport, scriptRequire } from './scriptImport.js';
import { childrenOf, nameOf } from './sourceText.js';

/** TypeScript and JavaScript. */
export function scriptOutline(tree: SyntaxTree): FileOutline {
  const outline = new ScriptOutline(tree);
  for (const node of childrenOf(tree.root)) outline.add(node, node);
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
        this.addCommonJsExport(node);
        break;
      case 'lexical_declaration':
      case 'variable_declaration':
        for (const declarator of childrenOf(node)) {
          const required = scriptRequire(declarator);
          if (required !== undefined) this.imports.push(required);
          else this.define(declarator, outer);
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

  private define(node: Node, outer: Node, name?: string): void {
    this.definitions.push(...scriptDefinitions(this.tree, node, outer, name));
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
    else if (value !== null) this.define(value, node, 'default');
    for (const specifier of node.descendantsOfType('export_specifier')) {
      const exported = specifier?.childForFieldName('alias')?.text;
      if (specifier !== null && exported !== undefined) this.aliases.set(exported, nameOf(specifier));
    }
  }

  private addCommonJsExport(node: Node): void {
    const [assignment] = childrenOf(node);
    const left = assignment?.childForFieldName('left')?.text ?? '';
    const [, name] = /^(?:module\.)?exports\.(\w+)$/.exec(left) ?? [];
    const value = assignment?.childForFieldName('right');
    if (name !== undefined && value) this.define(value, node, name);
  }
}
