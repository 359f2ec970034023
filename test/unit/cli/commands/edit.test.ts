import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { editVerdictText } from '../../../../src/cli/verdictText.js';
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
      editVerdictText({ kind: 'unverified', reason: 'notReproduced', by });
    assert.match(verdict('tree-sitter'), /^Checked: no new syntax errors \(tree-sitter\)\. /);
    assert.match(verdict('tree-sitter', 'names'), /· no unknown names \(tree-sitter, names\)/);
    assert.match(verdict(), /^Not checked: nothing on this machine/);
  });
});
