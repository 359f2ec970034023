import type { TreeCursor } from '@vscode/tree-sitter-wasm';
import globals from 'globals';
import type { SyntaxTree } from '../syntaxTree.js';
import { isBoundIn, JAVASCRIPT, PYTHON, type NameGrammar } from './bindings.js';
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
  const cursor = root.walk();
  try {
    collect(cursor, known.grammar, found);
  } finally {
    cursor.delete();
  }
  if (found.isOpen) return undefined;
  return found.read.filter(({ name }) => !found.bound.has(name) && !known.builtIn.has(name));
}

interface Found {
  readonly bound: Set<string>;
  readonly read: UnboundName[];
  isOpen: boolean;
}

/** Of the nodes from the root to the one that is looked at. */
interface Level {
  readonly type: string;
  readonly isBound: boolean;
  namedChildren: number;
}

/** Goes down with what is known from above: looking up from a node takes time in proportion to its depth. */
function collect(cursor: TreeCursor, grammar: NameGrammar, found: Found): void {
  const levels: Level[] = [];
  for (;;) {
    const level = visit(cursor, levels, grammar, found);
    if (level !== undefined && cursor.gotoFirstChild()) levels.push(level);
    else
      while (!cursor.gotoNextSibling()) {
        levels.pop();
        if (!cursor.gotoParent()) return;
      }
  }
}

/** @returns what its children have above them; `undefined` for a name, and for what isn't looked into */
function visit(
  cursor: TreeCursor,
  levels: readonly Level[],
  grammar: NameGrammar,
  found: Found,
): Level | undefined {
  if (!cursor.nodeIsNamed) return undefined;
  const [type, field, parent] = [cursor.nodeType, cursor.currentFieldName, levels.at(-1)];
  if (parent !== undefined) parent.namedChildren++;
  const isBound = parent !== undefined && isBoundIn(grammar, parent.type, field, parent.isBound);
  if (grammar.mayBeOpen.has(type) && grammar.isOpen(cursor.currentNode)) found.isOpen = true;
  if (!grammar.names.has(type)) return { type, isBound, namedChildren: 0 };
  const { nodeText: text, startPosition } = cursor;
  // In an error it can't be told what a name is.
  if (isBound || levels.slice(-2).some((level) => level.type === 'ERROR')) found.bound.add(text);
  else if (
    grammar.isRead({
      type,
      text,
      parentType: parent?.type ?? '',
      field,
      isFirstNamed: parent?.namedChildren === 1,
    })
  )
    found.read.push({ name: text, line: startPosition.row, column: startPosition.column });
  return undefined;
}
