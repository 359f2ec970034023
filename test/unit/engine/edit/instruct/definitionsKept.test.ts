import assert from 'node:assert/strict';
import type { CheckerProblem, CheckFile } from '../../../../../src/engine/checkers/checker.js';
import type { Checkers, CheckReport } from '../../../../../src/engine/checkers/checkers.js';
import { mayRemove } from '../../../../../src/engine/edit/instruct/removalWords.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import type { EditResult } from '../../../../../src/protocol/edit.js';
import { applied, at, edit, lines, MEAN, open } from '../support/instructed.js';
import { ScriptedEdit } from '../support/scriptedEdit.js';

const AREA = 'def area(r):\n    return 3.14159 * r * r\n';
const EXTRACT = 'extract 3.14159 into a constant named PI';
const GOOD = 'PI = 3.14159\n\n\ndef area(r):\n    return PI * r * r';

describe('what the lines of an instruction define', () => {
  it('must be there afterwards: what lacks it is asked for again, with the reason', async () => {
    const editor = edit('PI = 3.14159\n```', `${GOOD}\n\`\`\``);
    const result = await editor.run(open(AREA), { intent: 'edit', instruction: EXTRACT, ...at(0) });
    assert.equal(result.newText, GOOD);
    assert.equal(result.gone, undefined);
    assert.match(editor.prompts[1] ?? '', /`area` must stay, but is missing/);
  });

  it('is named in a warning when the model never writes it', async () => {
    const editor = edit('PI = 3.14159\n```');
    const result = await editor.run(open(AREA), { intent: 'edit', instruction: EXTRACT, ...at(0) });
    assert.equal(result.newText, 'PI = 3.14159');
    assert.deepEqual(result.gone, ['area']);
    assert.deepEqual(result.verdict, {
      kind: 'unverified',
      reason: 'notReproduced',
      by: ['tree-sitter', 'names'],
    });
    assert.equal(editor.prompts.length, 3);
  });

  const CASES: readonly (readonly [string, string, string, string, readonly string[]])[] = [
    ['python', MEAN, 'delete this function', 'MEAN = 0', []],
    [
      'python',
      MEAN,
      'rename it to average',
      'def average(values):\n    return sum(values) / len(values)',
      [],
    ],
    [
      'python',
      MEAN,
      'rename values to numbers',
      'def average(numbers):\n    return sum(numbers) / len(numbers)',
      ['mean'],
    ],
    ['python', 'def make_sum(a):\n    return a\n', 'use camelCase', 'def makeSum(a):\n    return a', []],
    [
      'python',
      MEAN,
      'cache it',
      'mean = cached(lambda values: sum(values) / len(values), cached := print)',
      [],
    ],
    [
      'python',
      'class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n',
      'make f return 3',
      'class A:\n    def f(self):\n        return 3',
      ['g'],
    ],
    [
      'javascript',
      'export const RATE = 2;\nexport function f(a) {\n  return a * RATE;\n}\n',
      'return 0 without a',
      'export function f(a) {\n  const RATE = 2;\n  return a ? a * RATE : 0;\n}',
      [],
    ],
    [
      'javascript',
      'export const RATE = 2;\nexport function f(a) {\n  return a * RATE;\n}\n',
      'inline RATE',
      'export function f(a) {\n  return a * 2;\n}',
      [],
    ],
    [
      'javascript',
      'export const RATE = 2;\nexport function f(a) {\n  return a * RATE;\n}\n',
      'simplify',
      'export function f(a) {\n  return a * 2;\n}',
      ['RATE'],
    ],
    ['javascript', 'function f(a) {\n  return a;\n}\n', 'use an arrow function', 'const f = (a) => a;', []],
    [
      'typescript',
      'interface Shape {\n  side: number;\n}\nfunction area(s: Shape): number {\n  return s.side;\n}\n',
      'square the side',
      'function area(s: { side: number }): number {\n  return s.side ** 2;\n}',
      ['Shape'],
    ],
    [
      'go',
      'package a\n\nfunc add(a, b int) int {\n\treturn a + b\n}\n',
      'add a comment',
      'package a\n\n// Adds.',
      ['add'],
    ],
  ];
  for (const [language, text, instruction, answer, gone] of CASES)
    it(`${gone.length === 0 ? 'may change' : 'is missed'}: ${instruction} (${language}: ${answer.split('\n')[0]})`, async () => {
      const document = open(text, language);
      const result: EditResult = await edit(`${answer}\n\`\`\``).run(document, {
        intent: 'edit',
        instruction,
        ...lines(0, text.split('\n').length - 1),
      });
      assert.equal(applied(document, result), `${answer}\n`);
      assert.deepEqual(result.gone ?? [], gone);
    });

  const SENTENCES: readonly (readonly [string, boolean])[] = [
    ['delete mean', true],
    ['Remove the function', true],
    ['drop `mean`, it is unused', true],
    ['inline', true],
    ['get rid of this', true],
    ['split into two functions', true],
    ['replace mean with statistics.fmean', true],
    ['convert this to a class', true],
    ['turn it into a method', true],
    ['rename to average', true],
    ['give the function a better name', true],
    ['use a lambda instead of the function', true],
    ['keep only the class', true],
    ['删除这个函数', true],
    ['重命名为 average', true],
    ['把 mean 改名为 average', true],
    ['内联', true],
    ['remove the print statements', false],
    ['remove these prints from the function', false],
    ['replace the loop with a comprehension', false],
    ['rename values to numbers', false],
    ['extract the check into a function', false],
    ['use a set instead of a list', false],
    ['make it faster', false],
    ['add type hints', false],
    ['return 0 for an empty list', false],
    ['keep only even values', true],
    ['删除打印语句', false],
    ['把 values 重命名为 numbers', false],
    ['添加注释', false],
  ];
  for (const [sentence, isMeant] of SENTENCES)
    it(`${isMeant ? 'may go' : 'stays'} with “${sentence}”`, () =>
      assert.equal(mayRemove('mean', sentence), isMeant));
});

describe('new problems of an edit by instruction', () => {
  const trees = new SyntaxTrees();
  const problem = (line: number, message: string): CheckerProblem => ({
    line,
    column: 4,
    message,
    severity: 'warning',
  });

  /** Tools that find what they are told to look for. */
  function withTools(...tools: readonly (readonly [string, (text: string) => readonly CheckerProblem[]])[]): {
    readonly checkers: Pick<Checkers, 'check'>;
    readonly trusted: boolean[];
  } {
    const trusted: boolean[] = [];
    const check = ({ text }: CheckFile, isTrusted: boolean): Promise<readonly CheckReport[]> => {
      trusted.push(isTrusted);
      return Promise.resolve(
        tools.map(([by, find]) =>
          isTrusted ? { kind: 'checked', by, problems: find(text) } : { kind: 'untrusted', by },
        ),
      );
    };
    return { checkers: { check }, trusted };
  }
  const RUFF = [
    'ruff',
    (text: string) => (text.includes('import os') ? [problem(1, 'os is unused')] : []),
  ] as const;
  const PYFLAKES = ['pyflakes', RUFF[1]] as const;
  const OLD = ['python', () => [problem(0, 'old')]] as const;
  const ANSWER = 'def mean(values):\n    import os\n    return sum(values) / len(values)\n```';
  const run = (checkers: Pick<Checkers, 'check'>, isTrusted: boolean): Promise<EditResult> =>
    new ScriptedEdit(() => ANSWER, undefined, trees, checkers).run(open(MEAN), {
      intent: 'edit',
      instruction: 'import os',
      isTrusted,
      ...at(0),
    });

  it('are told with what found them, each once, and nothing of what was there before', async () => {
    const { checkers } = withTools(OLD, RUFF, PYFLAKES);
    const { newProblems, verdict } = await run(checkers, true);
    assert.deepEqual(newProblems, [
      { line: 1, column: 4, message: 'os is unused', severity: 'warning', by: 'ruff' },
    ]);
    assert.equal(verdict.kind, 'unverified');
    assert.deepEqual(verdict.by, ['tree-sitter', 'names', 'python', 'ruff', 'pyflakes']);
  });

  it('aren’t looked for by starting tools in a folder that isn’t trusted', async () => {
    const { checkers, trusted } = withTools(RUFF);
    const { newProblems, verdict } = await run(checkers, false);
    assert.equal(newProblems, undefined);
    assert.deepEqual(verdict.by, ['tree-sitter', 'names']);
    assert.ok(trusted.every((each) => !each));
  });
});
