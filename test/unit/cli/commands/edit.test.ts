import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import type { EditResult, NewProblem } from '../../../../src/protocol/edit.js';
import { editVerdictText, editWarnings } from '../../../../src/cli/verdictText.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal, type FakeTerminalOptions } from '../support/fakeTerminal.js';

const { signal } = new AbortController();

describe('youtu edit', () => {
  const folder = temporaryFolder();
  const youtu = async (
    args: readonly string[],
    options: FakeTerminalOptions = {},
  ): Promise<{ status: number; notes: string }> => {
    const terminal = new FakeTerminal(false, [], options);
    writeFileSync(join(folder(), 'a.py'), 'a = 1\n');
    const status = await runCli(['edit', ...args], createContext(terminal, signal, folder()), '1');
    return { status, notes: terminal.notes };
  };
  const place = (lines: string): string => join(folder(), `a.py${lines}`);

  const wrong: readonly (readonly string[])[] = [
    ['', 'do it'],
    [':0', 'do it'],
    [':2-1', 'do it'],
    [':x', 'do it'],
    [':1', ' '],
    [':1'],
  ];
  for (const [lines = '', ...rest] of wrong)
    it(`exits with 2 for ${JSON.stringify([lines, ...rest])}`, async () => {
      assert.equal((await youtu([place(lines), ...rest])).status, 2);
    });

  it('reports a missing line, an empty pipe and a missing model', async () => {
    const beyond = await youtu([place(':1-9'), 'do it']);
    assert.deepEqual([beyond.status, /has only 2 lines/.test(beyond.notes)], [1, true]);
    const empty = await youtu([place(':1'), '-'], { pipe: '\n' });
    assert.deepEqual([empty.status, /Nothing was piped in/.test(empty.notes)], [1, true]);
    const model = await youtu([place(':1'), 'do it']);
    assert.deepEqual([model.status, /There is no model/.test(model.notes)], [1, true]);
  });

  it('says what was checked', () => {
    const verdict = (...by: string[]): string =>
      editVerdictText(resultWith({ verdict: { kind: 'unverified', reason: 'notReproduced', by } }));
    assert.match(verdict('tree-sitter'), /^Checked: no new syntax errors \(tree-sitter\)\. /);
    assert.match(verdict('tree-sitter', 'names'), /· no unknown names \(tree-sitter, names\)/);
    assert.match(verdict('tree-sitter', 'python'), /errors · no new problems \(tree-sitter, python\)/);
    assert.match(verdict(), /^Not checked: nothing on this machine/);
  });

  it('says what speaks against it: what is missing, and new problems with what found them', () => {
    assert.deepEqual(editWarnings(resultWith({})), []);
    const problem = (line: number): NewProblem => ({
      line,
      column: 0,
      message: `Undefined name "a${line}"`,
      severity: 'error',
      by: 'ruff',
    });
    assert.deepEqual(editWarnings(resultWith({ gone: ['area'], newProblems: [problem(2)] })), [
      'Warning: “area” is missing in the new version, although you didn’t ask for that.',
      '1 new problem: line 3: Undefined name "a2" (ruff)',
    ]);
    const [many] = editWarnings(resultWith({ newProblems: [0, 1, 2, 3, 4].map(problem) }));
    assert.match(many ?? '', /^5 new problems: line 1: .*; line 3: [^;]*; and 2 more$/);
  });
});

function resultWith(result: Partial<EditResult>): EditResult {
  const start = { line: 0, character: 0 };
  return {
    version: 1,
    range: { start, end: start },
    oldText: '',
    newText: '',
    verdict: { kind: 'unverified', reason: 'notReproduced', by: ['tree-sitter'] },
    origin: 'model',
    completionTokens: 0,
    tokensPerSecond: 0,
    ...result,
  };
}
