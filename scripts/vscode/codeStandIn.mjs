#!/usr/bin/env node
// Replaces the desktop's `code` command where VS Code can't be downloaded: accepts its arguments and runs an extension's
// tests in code-server and Chromium, which have the same workbench and extension host. Prints the output of the tests and
// exits with their result. `@vscode/test-electron` accepts it as `vscodeExecutablePath`.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ensureCodeServer } from './codeServer.mjs';
import { Failure, runMain } from '../tools/command.mjs';
import { runWorkbench } from './runWorkbench.mjs';
import { startCodeServer, workbenchAddress } from './startCodeServer.mjs';

const { values, positionals } = parseArgs({
  strict: false, // ignores other options of the desktop's command
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'install-extension': { type: 'string', multiple: true },
  },
});

await runMain(async () => {
  const codeServer = await ensureCodeServer();
  const temporary = mkdtempSync(join(tmpdir(), 'youtu-vscode-'));
  const userData = values['user-data-dir'] ?? join(temporary, 'user-data');
  const extensions = values['extensions-dir'] ?? join(temporary, 'extensions');
  try {
    if (values['install-extension'] !== undefined)
      return await installExtensions(codeServer, values['install-extension'], { userData, extensions });
    return await runTests(codeServer, { userData, extensions, home: join(temporary, 'home') });
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

async function installExtensions({ node, entry }, files, { userData, extensions }) {
  const folderArgs = [
    ...['--user-data-dir', userData, '--extensions-dir', extensions],
    ...['--config', join(userData, 'code-server.yaml')],
  ];
  const install = files.flatMap((file) => ['--install-extension', resolve(file)]);
  const { stdout } = await promisify(execFile)(node, [entry, ...folderArgs, ...install, '--force'], {
    timeout: 120_000,
  });
  process.stdout.write(stdout);
  return 0;
}

async function runTests(codeServer, { userData, extensions, home }) {
  const testsPath = values.extensionTestsPath;
  if (testsPath === undefined) throw new Failure('This replacement of VS Code only runs tests.');
  const server = (env) =>
    startCodeServer(codeServer, {
      userData,
      extensions,
      isTest: true,
      env: { HOME: home, XDG_CONFIG_HOME: home, ...env },
    });
  const address = (started) =>
    workbenchAddress(started, {
      folder: resolve(positionals[0] ?? '.'),
      developmentPaths: values.extensionDevelopmentPath?.map((path) => resolve(path)),
      testsPath: resolve(testsPath),
    });
  return runWorkbench({ server, address });
}
