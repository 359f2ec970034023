import type { Node } from '@vscode/tree-sitter-wasm';
import type { LanguageSyntax } from './languageSyntax.js';

/** A parsed text. Its nodes live in the parser's memory: they are read at once, and never kept. */
export interface SyntaxTree {
  readonly root: Node;
  readonly text: string;
  readonly syntax: LanguageSyntax;
}
