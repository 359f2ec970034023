import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isLauncher, launcherName, launcherText } from '../../../../src/extension/commandLine/launcher.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';

const run = promisify(execFile);

describe('the launcher of the command line', () => {
  const folder = temporaryFolder();

  async function launcher(name = 'it’s a "strange" $folder'): Promise<{ path: string; main: string }> {
    const extension = join(folder(), `${name} o'clock`);
    await mkdir(extension);
    const main = join(extension, 'main.mjs');
    await writeFile(
      main,
      'console.log(JSON.stringify({ args: process.argv.slice(2), electron: process.env.ELECTRON_RUN_AS_NODE }));' +
        'process.exit(process.argv.includes("fail") ? 3 : 0);',
    );
    const path = join(folder(), 'youtu');
    await writeFile(path, launcherText({ platform: 'linux', node: process.execPath, main }), { mode: 0o755 });
    return { path, main };
  }

  it('passes all arguments on as they are, from any folder', async () => {
    const { path } = await launcher();
    const args = ['fix', 'a b', "it's", '$HOME', '*', '', '--json'];
    const { stdout } = await run(path, args, { cwd: '/' });
    assert.deepEqual(JSON.parse(stdout), { args, electron: '1' });
  });

  it('works behind a link, and ends with the program’s status', async () => {
    const { path } = await launcher();
    const link = join(folder(), 'link');
    await symlink(path, link);
    const error: unknown = await run(link, ['fail']).catch((each: unknown) => each);
    assert.equal((error as { code?: unknown }).code, 3);
  });

  it('says what has happened when the extension is gone', async () => {
    const { path, main } = await launcher();
    await rm(main);
    const error = (await run(path, []).catch((each: unknown) => each)) as { code: number; stderr: string };
    assert.equal(error.code, 127);
    assert.match(
      error.stderr,
      /Youtu Code is no longer installed\. Install it again, or remove this file: .*youtu/,
    );
  });

  it('is recognised as this project’s, and nothing else is', async () => {
    const target = { node: '/usr/bin/node', main: '/x/main.mjs' };
    assert.ok(isLauncher(launcherText({ platform: 'darwin', ...target })));
    assert.ok(isLauncher(launcherText({ platform: 'win32', ...target })));
    assert.ok(!isLauncher('#!/bin/sh\nexec youtu-downloader "$@"\n'));
    await Promise.resolve();
  });

  it('is a batch file on Windows, in which percent signs stay', () => {
    assert.equal(launcherName('win32'), 'youtu.cmd');
    const text = launcherText({
      platform: 'win32',
      node: 'C:\\Program Files\\Code\\Code.exe',
      main: 'C:\\Users\\100%\\main.mjs',
    });
    assert.match(text, /^@echo off\r\n/);
    assert.ok(text.includes('set "MAIN=C:\\Users\\100%%\\main.mjs"'));
    assert.ok(text.includes('"C:\\Program Files\\Code\\Code.exe" "%MAIN%" %*'));
    assert.ok(text.includes('set ELECTRON_RUN_AS_NODE=1'));
  });
});
