import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { runTests } from '../../src/extension/tests/testRun.js';
import { until } from './support/until.js';

describe('a run of tests', function () {
  this.timeout(60_000);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const run = (...words: readonly string[]): ReturnType<typeof runTests> =>
    runTests({ command: { words, folder }, framework: 'node:test' }, 'A run');
  afterEach(() => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
  });

  it('passes, fails with the end of its output, or can’t be started', async () => {
    assert.equal((await run('node', '-e', 'console.log("# pass 1")')).kind, 'passed');
    const failed = await run('node', '-e', 'console.error("a b"); process.exit(3)');
    assert.ok(failed.kind === 'failed' && failed.output === 'a b');
    assert.equal((await run('no-such-program-here')).kind, 'notStarted');
  });

  it('has not passed when no test was run, or when its output doesn’t say so, whatever its status', async () => {
    const empty = join(folder, 'empty.test.mjs');
    await writeFile(empty, 'export const nothing = 0;\n');
    assert.equal((await run('node', '--test', 'empty.test.mjs')).kind, 'noTests');
    await writeFile(empty, 'import { it } from "node:test";\nit("does nothing", () => {});\n');
    assert.equal((await run('node', '--test', 'empty.test.mjs')).kind, 'passed');
    await rm(empty);
    assert.equal((await run('node', '-e', '0')).kind, 'notCounted');
    const jest = {
      words: ['node', '-e', 'console.log("No tests found, exiting with code 1"); process.exit(1)'],
    };
    const command = { ...jest, folder };
    assert.equal((await runTests({ command, framework: 'Jest' }, 'A run')).kind, 'noTests');
  });

  it('has not failed when the framework isn’t installed: the model is not asked for other tests', async () => {
    const missing = await run(
      'node',
      '-e',
      'console.error("/usr/bin/python3: No module named pytest"); process.exit(1)',
    );
    assert.deepEqual(missing, { kind: 'noFramework', message: '/usr/bin/python3: No module named pytest' });
  });

  it('ends, with its processes, when the terminal is closed', async () => {
    const program =
      'const { spawn } = require("node:child_process"); const child = spawn("sleep", ["600"]); require("node:fs").writeFileSync("pid.txt", String(child.pid)); setInterval(() => {}, 1000);';
    const running = run('node', '-e', program);
    const pidFile = join(folder, 'pid.txt');
    const pid = await until('it runs', async () => {
      const text = await readFile(pidFile, 'utf8').catch(() => '');
      return text === '' ? undefined : Number(text);
    });
    for (const terminal of vscode.window.terminals) terminal.dispose();
    assert.equal((await running).kind, 'stopped');
    await until('its process has ended', async () => {
      const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      return state === '' || / Z /.test(state);
    });
    await rm(pidFile);
  });
});
