import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A call in the source: its callee as it is written, and its arguments where they are string literals. */
export interface SourceCall {
  readonly callee: string;
  readonly texts: readonly (string | undefined)[];
}

/** All calls in the TypeScript files of a folder. */
export function sourceCalls(folder: string): SourceCall[] {
  const calls: SourceCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const texts = node.arguments.map((each) => (ts.isStringLiteralLike(each) ? each.text : undefined));
      calls.push({ callee: node.expression.getText(), texts });
    }
    ts.forEachChild(node, visit);
  };
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  return calls;
}
