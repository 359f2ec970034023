import type { Node } from '@vscode/tree-sitter-wasm';
import globals from 'globals';
import type { SyntaxTree } from '../syntaxTree.js';
import { isBound, JAVASCRIPT, PYTHON, type NameGrammar } from './bindings.js';
import pythonBuiltins from './pythonBuiltins.json' with { type: 'json' };

/** A name that the text uses and nothing in it defines. Lines and columns from 0. */
export interface UnboundName {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

interface KnownLanguage {
  readonly grammar: NameGrammar;
  /** Names that are there without being defined. */
  readonly builtIn: ReadonlySet<string>;
}

const SCRIPT: KnownLanguage = {
  grammar: JAVASCRIPT,
  builtIn: new Set([
    'undefined',
    'arguments',
    ...[globals.builtin, globals.browser, globals.node, globals.worker, globals.commonjs].flatMap((names) =>
      Object.keys(names),
    ),
    ...[globals.mocha, globals.jest, globals.vitest, globals.jquery].flatMap((names) => Object.keys(names)),
  ]),
};

const KNOWN: Readonly<Record<string, KnownLanguage>> = {
  python: { grammar: PYTHON, builtIn: new Set(pythonBuiltins) },
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
};

/** Names of a language that are there without being defined; `undefined` for languages that aren't known. */
export function builtInNames(languageId: string): ReadonlySet<string> | undefined {
  return KNOWN[languageId]?.builtIn;
}

/**
 * The names that a text reads without that any place in it binds them. Scopes don't count: a name that is bound
 * anywhere in the text is known everywhere, so what is listed is certain, and more may be wrong.
 * @param languageId of the tree
 * @returns `undefined` for other languages, and for a text that may use names from anywhere (`from x import *`)
 */
export function unboundNames({ root }: SyntaxTree, languageId: string): readonly UnboundName[] | undefined {
  const known = KNOWN[languageId];
  if (known === undefined) return undefined;
  const found = { bound: new Set<string>(), read: [] as UnboundName[], isOpen: false };
  collect(root, known.grammar, found);
  if (found.isOpen) return undefined;
  return found.read.filter(({ name }) => !found.bound.has(name) && !known.builtIn.has(name));
}

interface Found {
  readonly bound: Set<string>;
  readonly read: UnboundName[];
  isOpen: boolean;
}

function collect(node: Node, grammar: NameGrammar, found: Found): void {
  if (grammar.isOpen(node)) found.isOpen = true;
  if (grammar.names.has(node.type)) {
    const { text: name, startPosition } = node;
    // In an error it can't be told what a name is.
    if (isInError(node) || isBound(node, grammar)) found.bound.add(name);
    else if (grammar.isRead(node))
      found.read.push({ name, line: startPosition.row, column: startPosition.column });
    return;
  }
  for (const child of node.namedChildren) if (child !== null) collect(child, grammar, found);
}

function isInError(node: Node): boolean {
  return node.parent?.isError === true || node.parent?.parent?.isError === true;
}
