import assert from 'node:assert/strict';
import type { CheckerProblem } from '../../../../../src/engine/checkers/checker.js';
import { fileProblems } from '../../../../../src/engine/edit/fix/fileProblems.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';

const syntax = new SyntaxTrees();
const { signal } = new AbortController();

/** What is found in a text, with a tool that has these problems; without, nothing has read it. */
async function messages(
  languageId: string,
  text: string,
  problems?: readonly Partial<CheckerProblem>[],
): Promise<readonly string[] | undefined> {
  const reports =
    problems === undefined
      ? []
      : [
          {
            kind: 'checked' as const,
            by: 'tool',
            problems: problems.map((each) => ({
              line: 0,
              column: 0,
              message: '',
              severity: 'error' as const,
              ...each,
            })),
          },
        ];
  const checkers = { check: () => Promise.resolve(reports) };
  const found = await fileProblems(
    { uri: 'file:///x', languageId, text },
    { syntax, checkers },
    true,
    signal,
  );
  return found?.map(({ message }) => message);
}

describe('what is wrong with a file', () => {
  it('is what the language’s own parser says, which knows the place better than a grammar', async () =>
    assert.deepEqual(
      await messages('python', 'def f(a)\n    return a\n', [{ message: "expected ':'", isSyntax: true }]),
      ["expected ':'"],
    ));

  it('is what the grammar says where no tool finds anything', async () =>
    assert.deepEqual(await messages('python', 'print(1\n', []), ["'(' was never closed"]));

  it('is nothing where a compiler is content with macros that a grammar doesn’t know', async () => {
    const macros =
      'BEGIN_DECLS\nint f(void) NOTHROW\n  __attribute__((x));\nEND_DECLS\nFOREACH(a, b) { c(); }\n';
    assert.notDeepEqual(await messages('c', macros), []);
    assert.deepEqual(await messages('c', macros, []), []);
  });

  it('is syntax errors first: what follows from them isn’t named', async () =>
    assert.deepEqual(
      await messages('c', 'int f(void) { return 1 }\n', [
        { line: 0, message: '‘x’ undeclared' },
        { line: 1, message: "expected ';' before '}' token" },
        { line: 2, message: 'stray', severity: 'warning' },
      ]),
      ["expected ';' before '}' token"],
    ));

  it('can’t be told where nothing reads the language', async () =>
    assert.equal(await messages('kotlin', 'val a = = 1\n'), undefined));
});
