import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import {
  commandTerminal,
  installCommand,
  refreshCommand,
  uninstallCommand,
  type CommandLineHost,
} from '../../src/extension/commandLine/commandLine.js';
import { notificationShows } from './support/notifications.js';

const run = promisify(execFile);

describe('the command line of the extension', function () {
  this.timeout(120_000);
  const path = join(homedir(), '.local', 'bin', 'youtu');
  const values = new Map<string, unknown>();
  let storage: string;
  let host: CommandLineHost;

  before(async () => {
    storage = await mkdtemp(join(tmpdir(), 'youtu-storage-'));
    const extension = vscode.extensions.getExtension('youtu-code.youtu-code');
    assert.ok(extension);
    host = {
      main: join(extension.extensionPath, 'dist/cli/main.mjs'),
      storage,
      memory: {
        keys: () => [...values.keys()],
        get: (key: string) => values.get(key) as never,
        update: (key, value) => Promise.resolve(void values.set(key, value)),
      },
    };
  });
  after(async () => {
    await rm(path, { force: true });
    await rm(storage, { recursive: true });
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is put into the user’s own folder, and runs on the editor’s Node', async () => {
    const installing = installCommand(host);
    await notificationShows(/is installed/);
    await vscode.commands.executeCommand('notifications.clearAll');
    await installing;
    const { stdout } = await run(path, ['--version']);
    assert.match(stdout, /^\d+\.\d+\.\d+/);
    assert.equal((await stat(path)).mode & 0o777, 0o755);
  });

  it('follows the extension into another folder after an update', async () => {
    await writeFile(path, (await readFile(path, 'utf8')).replace('dist/cli', 'old/cli'));
    await refreshCommand(host);
    assert.match((await run(path, ['--version'])).stdout, /^\d/);
  });

  it('is removed again, but never another program’s file', async () => {
    await writeFile(path, '#!/bin/sh\necho mine\n');
    await uninstallCommand(host);
    assert.match(await readFile(path, 'utf8'), /echo mine/);
    await rm(path);
    const installing = installCommand(host);
    await notificationShows(/is installed/);
    await vscode.commands.executeCommand('notifications.clearAll');
    await installing;
    await uninstallCommand(host);
    await assert.rejects(stat(path));
  });

  it('works in a terminal of its own, whatever the PATH is', async () => {
    const { env } = await commandTerminal(host);
    const PATH = env?.['PATH'] ?? '';
    const { stdout } = await run('/bin/sh', ['-c', 'youtu --version'], { env: { ...process.env, PATH } });
    assert.match(stdout, /^\d+\.\d+\.\d+/);
  });
});
