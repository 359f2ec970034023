import assert from 'node:assert/strict';
import type { CheckerProblem } from '../../../../src/engine/checkers/checker.js';
import { commandChecker } from '../../../../src/engine/checkers/tools/commandChecker.js';
import { PYTHON } from '../../../../src/engine/checkers/tools/python.js';
import { realTools } from './support/machine.js';

const checker = commandChecker(PYTHON, realTools());
const never = new AbortController().signal;

async function check(
  text: string,
  uri = 'file:///project/x.py',
): Promise<readonly CheckerProblem[] | undefined> {
  return checker.check({ uri, languageId: 'python', text }, never);
}

const places = (problems: readonly CheckerProblem[] | undefined): unknown =>
  problems?.map(({ line, column, message }) => [line, column, message]);

describe('Python’s compiler', () => {
  it('finds nothing wrong with a correct text', async () =>
    assert.deepEqual(await check('import os\n\n\nclass A:\n    x = 1\n    y = [x * 2, os.sep]\n'), []));

  it('finds the first syntax error, with its column in UTF-16', async () => {
    const [problem, ...rest] = (await check('a = 1\nb = ("😀", 1 2)\nc = (\n')) ?? [];
    assert.deepEqual(rest, []);
    assert.equal(problem?.line, 1);
    assert.equal(problem.column, 11);
    assert.equal(problem.isSyntax, true);
    assert.match(problem.message, /invalid syntax|comma/);
  });

  it('finds what only the compiler knows to be wrong', async () => {
    assert.match((await check('return 1\n'))?.[0]?.message ?? '', /'return' outside function/);
    assert.match(
      (await check('def f():\n\treturn 1\n        return 2\n'))?.[0]?.message ?? '',
      /tabs and spaces|unindent/,
    );
  });

  it('finds names that are defined nowhere, in the scope that Python looks them up in', async () =>
    assert.deepEqual(
      places(
        await check(
          [
            'import os as system',
            'def f(a):',
            '    b = a + missing',
            '    return [é + c for c in b], os',
            'class K:',
            '    own = 1',
            '    twice = own * 2',
            '    def m(self):',
            '        global made',
            '        made = 1',
            '        return own, __class__, later, made',
            'later = __name__',
            'é = "" + nowhere',
            '',
          ].join('\n'),
        ),
      ),
      [
        [2, 12, "name 'missing' is not defined"],
        [3, 31, "name 'os' is not defined"],
        [10, 15, "name 'own' is not defined"],
        [12, 9, "name 'nowhere' is not defined"],
      ],
    ));

  it('claims nothing about names that may come from elsewhere', async () => {
    assert.deepEqual(await check('from os import *\nprint(getcwd())\n'), []);
    assert.deepEqual(await check('globals()["a"] = 1\nprint(a)\n'), []);
    assert.deepEqual(await check('print(frame)\n', 'vscode-notebook-cell:/n.ipynb#W0'), []);
  });

  it('warns where Python does', async () =>
    assert.deepEqual(
      (await check('x = 1\nif x is 2:\n    pass\n'))?.map(({ line, severity }) => [line, severity]),
      [[1, 'warning']],
    ));

  it('reads whatever is declared about the encoding, and lone carriage returns, as an editor does', async () => {
    assert.deepEqual(await check('# -*- coding: latin-1 -*-\nx = "ü"\n'), []);
    assert.deepEqual(
      (await check('a = 1\rb = (\n'))?.map(({ line }) => line),
      [1],
    );
    assert.deepEqual(await check('\uFEFFx = 1\n'), []);
    assert.equal((await check('x = "\ud800"\n'))?.length, 0);
  });

  it('reports what is nested too deeply for it', async () =>
    assert.match(
      (await check(`x = ${'('.repeat(5000)}${')'.repeat(5000)}\n`))?.[0]?.message ?? '',
      /too many nested parentheses/,
    ));
});
