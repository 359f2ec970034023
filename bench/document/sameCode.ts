// Whether two texts are the same code, by means that the product doesn't use where the machine has some.
import { execFileSync } from 'node:child_process';
import ts from 'typescript';
import type { SyntaxTree } from '../../src/engine/syntax/syntaxTree.js';
import type { SyntaxTrees } from '../../src/engine/syntax/syntaxTrees.js';

export interface CodePair {
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
}

export async function isSameCode(
  { languageId, before, after }: CodePair,
  trees: SyntaxTrees,
): Promise<boolean> {
  if (!hasAllLines(before, after)) return false;
  if (languageId === 'python') return pythonTree(before) === pythonTree(after);
  if (languageId === 'typescript' || languageId === 'javascript')
    return scriptTokens(before) === scriptTokens(after);
  const { signal } = new AbortController();
  const [old, now] = [
    await trees.read(languageId, before, treeTokens, signal),
    await trees.read(languageId, after, treeTokens, signal),
  ];
  return old !== undefined && old === now;
}

function hasAllLines(before: string, after: string): boolean {
  const left = before.split('\n').toReversed();
  for (const line of after.split('\n')) if (line === left.at(-1)) left.pop();
  return left.length === 0;
}

const DUMP = `
import ast, sys
tree = ast.parse(sys.stdin.read())
for node in ast.walk(tree):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
        node.body = node.body[1:]
print(ast.dump(tree))
`;

/** Python's own tree, without docstrings. */
function pythonTree(text: string): string {
  return execFileSync('python3', ['-c', DUMP], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** What TypeScript's parser makes of the text, token by token, without comments. */
function scriptTokens(text: string): string {
  const file = ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const found: string[] = [];
  const left: ts.Node[] = [file];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const children = node.getChildren(file).filter(({ kind }) => kind < ts.SyntaxKind.FirstJSDocNode);
    if (children.length === 0) found.push(node.getText(file));
    else left.push(...children.toReversed());
  }
  return found.join('\0');
}

function treeTokens({ root, syntax }: SyntaxTree): string {
  const found: string[] = [];
  const left = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (syntax.comments.has(node.type)) continue;
    if (node.childCount === 0) found.push(`${node.type} ${node.text}`);
    else for (const child of node.children.toReversed()) if (child !== null) left.push(child);
  }
  return found.join('\0');
}
