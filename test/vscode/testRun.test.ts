import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { missingFramework, runTests } from '../../src/extension/tests/testRun.js';
import { until } from './support/until.js';

describe('a run of tests', function () {
  this.timeout(60_000);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const run = (...words: readonly string[]): ReturnType<typeof runTests> =>
    runTests({ words, folder }, 'A run');
  afterEach(() => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
  });

  it('passes, fails with the end of its output, or can’t be started', async () => {
    assert.equal((await run('node', '-e', '0')).kind, 'passed');
    const failed = await run('node', '-e', 'console.error("a b"); process.exit(3)');
    assert.ok(failed.kind === 'failed' && failed.output === 'a b');
    assert.equal((await run('no-such-program-here')).kind, 'notStarted');
  });

  it('has not failed when the framework isn’t installed: the model is not asked for other tests', async () => {
    const missing = await run(
      'node',
      '-e',
      'console.error("/usr/bin/python3: No module named pytest"); process.exit(1)',
    );
    assert.deepEqual(missing, { kind: 'noFramework', message: '/usr/bin/python3: No module named pytest' });
    const lines = [
      'npm error npx canceled due to missing packages and no YES option: ["vitest@4.1.12"]',
      "Error: Cannot find module '/work/node_modules/jest/bin/jest.js'",
      'ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL  Command "vitest" not found',
      'bundler: command not found: rspec',
    ];
    for (const line of lines) assert.equal(missingFramework(`first\n${line}\nlast`), line);
    for (const line of [
      "ModuleNotFoundError: No module named 'shop'",
      'E   assert 1 == 2',
      'sh: 1: git-lfs: command not found',
    ])
      assert.equal(missingFramework(line), undefined);
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
