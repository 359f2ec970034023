import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from './syntaxTree.js';

/** A place at which a text isn't what its language's grammar asks for. Lines and columns from 0. */
export interface SyntaxProblem {
  readonly line: number;
  readonly column: number;
  /** As a compiler would say it. */
  readonly message: string;
}

/** Beyond these it is another language, or rubbish. */
const MAX_COUNT = 200;
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const MAX_QUOTE_LENGTH = 30;

/** Where the parser had to make something up or to skip something, in the text's order. */
export function syntaxErrors({ root }: SyntaxTree): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  // Brackets may be nested 100,000 deep: no recursion.
  const left = [root];
  for (let node = left.pop(); node !== undefined && problems.length < MAX_COUNT; node = left.pop()) {
    if (node.isMissing) problems.push(problemAt(node, `'${node.type}' is missing`));
    else if (node.isError) problems.push(...describe(node));
    // What lies within an error is known by it.
    else if (node.hasError)
      for (const child of node.children.toReversed()) if (child !== null) left.push(child);
  }
  return problems
    .slice(0, MAX_COUNT)
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

/** Opened brackets tell best what is wrong: the parser gives up far after them. */
function describe(error: Node): readonly SyntaxProblem[] {
  const open: Node[] = [];
  for (const child of error.children) {
    if (child === null) continue;
    if (child.type in CLOSERS) open.push(child);
    else if (open.length > 0 && CLOSERS[open.at(-1)?.type ?? ''] === child.type) open.pop();
  }
  if (open.length > 0)
    return open.slice(0, MAX_COUNT).map((node) => problemAt(node, `'${node.type}' was never closed`));
  const quoted = error.text.trim().split('\n')[0]?.slice(0, MAX_QUOTE_LENGTH) ?? '';
  return [problemAt(error, quoted === '' ? 'invalid syntax' : `invalid syntax near '${quoted}'`)];
}

function problemAt({ startPosition }: Node, message: string): SyntaxProblem {
  return { line: startPosition.row, column: startPosition.column, message };
}
