import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CompletionList, ServerCapabilities } from 'vscode-languageserver-protocol/node';
import { ensureNeovim } from '../../scripts/tools/neovim.mjs';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();
const TEXT =
  'def total(prices):\n    """The sum of all prices."""\n    return su\n\n\ndef mean(values):\n    if not values:\n        return 0.0\n    total = sum(values)\n    return total / len(vlaues)\n';

/** The report of test/engine/support/neovim.lua. */
interface NeovimReport {
  readonly version: string;
  readonly error?: string;
  readonly capabilities: ServerCapabilities;
  readonly completion: CompletionList;
  readonly completed: readonly string[];
  readonly ghost: boolean;
  readonly actions: readonly string[];
  readonly fixed: readonly string[];
  readonly explanation: readonly string[];
  readonly keepsFocus: boolean;
  readonly progress: readonly string[];
  readonly notes: readonly string[];
  readonly exits: readonly { readonly code: number; readonly signal: number }[];
}

/** `youtu lsp --stdio` in a real Neovim, without any plug-in. */
describe('Neovim', function () {
  let folder: string;
  let report: NeovimReport;

  before(async function () {
    // The client is the same everywhere; how its Windows build ends a server was not tested.
    if (process.platform === 'win32') this.skip();
    const neovim = await ensureNeovim();
    folder = await mkdtemp(join(tmpdir(), 'youtu-neovim-'));
    const [requestFile, reportFile, file] = ['request.json', 'report.json', 'sums.py'].map((name) =>
      join(folder, name),
    );
    assert.ok(requestFile !== undefined && reportFile !== undefined && file !== undefined);
    await writeFile(file, TEXT);
    const starter = await scriptedCoder();
    const request = {
      cmd: [process.execPath, join(ROOT, 'dist/cli/main.mjs'), 'lsp', '--stdio'],
      file,
      options: { chatModel: starter, completionModel: starter, gpu: 'off' },
      small: { chatModel: await scriptedCoder(), gpu: 'off' },
    };
    await writeFile(requestFile, JSON.stringify(request));
    const script = join(ROOT, 'test/engine/support/neovim.lua');
    await promisify(execFile)(neovim, ['--clean', '-l', script, requestFile, reportFile], {
      timeout: 330_000,
      env: { ...process.env, XDG_STATE_HOME: folder },
    });
    report = JSON.parse(await readFile(reportFile, 'utf8')) as NeovimReport;
    if (process.env['YOUTU_SHOW_NEOVIM'] !== undefined) console.log(JSON.stringify(report, undefined, 1));
    assert.equal(report.error, undefined);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('completes from the list, as it has no ghost text, and inserts the whole text', () => {
    assert.equal(report.completion.items.length, 1);
    assert.match(report.completed[2] ?? '', /^ {4}return sum\(prices/);
    assert.ok(report.ghost);
  });

  it('fixes another server’s diagnostic from the code action menu', () => {
    assert.ok(report.actions.includes('Fix with Youtu Code'));
    assert.ok(report.fixed.includes('    return total / len(values)'), report.fixed.join('\n'));
  });

  it('opens an explanation beside the code', () => {
    assert.match(report.explanation[0] ?? '', /^# sums\.py, line \d+$/);
    assert.ok(report.explanation.length > 2);
    assert.ok(report.keepsFocus);
  });

  it('shows progress, no other message, and shuts both servers down', () => {
    assert.ok(report.progress.includes('begin Youtu Code: writing a fix'));
    assert.ok(report.progress.some((event) => event.startsWith('begin Youtu Code: loading')));
    assert.deepEqual(report.notes, []);
    assert.deepEqual(report.exits, [
      { code: 0, signal: 0 },
      { code: 0, signal: 0 },
    ]);
  });
});
