/** Sees that documenting a text has changed nothing but comments: a check of its own, whatever wrote the new text. */
import type { Node } from '@vscode/tree-sitter-wasm';
import { codeOnly } from '../../language/codeOnly.js';
import { languageOf } from '../../language/languageOf.js';
import type { SyntaxTree } from '../../syntax/syntaxTree.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';

export interface CommentedText {
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
  /** The text that is parsed: a notebook cell without its magics. */
  readonly read: (text: string) => string;
}

/**
 * Whether all lines of the old text are in the new one, in their order, and the tokens without comments and docstrings
 * are the same. Without a grammar the texts without comments are compared.
 * @throws the signal's reason when aborted
 */
export async function isCodeKept(
  { languageId, before, after, read }: CommentedText,
  syntax: SyntaxReader | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (!hasAllLines(before, after)) return false;
  const old = await syntax?.read(languageId, read(before), codeTokens, signal);
  const now = old && (await syntax?.read(languageId, read(after), codeTokens, signal));
  if (old !== undefined && now !== undefined) return old === now;
  return codeLines(before, languageId) === codeLines(after, languageId);
}

function hasAllLines(before: string, after: string): boolean {
  const old = before.split('\n');
  let next = 0;
  for (const line of after.split('\n')) if (line === old[next]) next++;
  return next === old.length;
}

/** What a parser reads, token by token, without comments and docstrings. */
function codeTokens({ root, syntax }: SyntaxTree): string {
  const tokens: string[] = [];
  // Code may be nested 100,000 deep: no recursion.
  const left = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (syntax.comments.has(node.type) || isDocstring(node)) continue;
    if (node.childCount === 0) tokens.push(node.text);
    else for (const child of node.children.toReversed()) if (child !== null) left.push(child);
  }
  return tokens.join('\0');
}

/** A string that is the first statement of a Python body. */
function isDocstring(node: Node): boolean {
  if (node.type !== 'expression_statement' || node.namedChildCount !== 1) return false;
  if (node.namedChildren[0]?.type !== 'string') return false;
  const { parent } = node;
  if (parent?.type !== 'block') return false;
  const first = parent.namedChildren.find((child) => child !== null && child.type !== 'comment');
  return first?.id === node.id && /^(?:function|class)_definition$/.test(parent.parent?.type ?? '');
}

/** Docstrings are strings to a reader without a grammar: where a language has them, strings don't count. */
function codeLines(text: string, languageId: string): string {
  const without = text.includes('"""') ? 'all' : 'comments';
  return codeOnly(text, languageOf(languageId), without)
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
