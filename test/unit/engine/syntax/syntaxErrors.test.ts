import assert from 'node:assert/strict';
import { syntaxErrors } from '../../../../src/engine/syntax/syntaxErrors.js';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';

const trees = new SyntaxTrees();

describe('the syntax check', () => {
  const table: [language: string, text: string, problems: string[]][] = [
    ['python', 'def f(x):\n    return x\n', []],
    ['python', 'for p in q:\n    print("a" + p.name\nreturn 1\n', ["2:10 '(' was never closed"]],
    ['c', 'int main() {\n  int x = 1\n  return x;\n}\n', ["2:12 ';' is missing"]],
    ['typescript', 'const a = 1;\nfoo(a));\n', ["2:7 invalid syntax near ')'"]],
    ['go', 'package a\n\nfunc f() int {\n\treturn 1\n', ["5:1 '}' is missing"]],
    ['javascript', '', []],
  ];
  for (const [language, text, problems] of table)
    it(`finds ${problems.length === 0 ? 'nothing' : problems.join(', ')} in ${JSON.stringify(text)}`, async () => {
      const found = await trees.read(language, text, syntaxErrors);
      assert.deepEqual(
        found?.map(({ line, column, message }) => `${line + 1}:${column + 1} ${message}`),
        problems,
      );
    });

  it('ends early in a text that isn’t code', async () => {
    const found = await trees.read('java', '){ ;; ]( '.repeat(2000), syntaxErrors);
    assert.ok(found !== undefined && found.length > 0 && found.length <= 200);
  });
});
