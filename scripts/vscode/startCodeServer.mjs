import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../tools/command.mjs';
import { startGuarded } from '../tools/guardedProcess.mjs';
import { openWorkbenchGate } from './workbenchGate.mjs';

const MAX_START_MS = 60_000;
/** Hides VS Code's own chat, welcome page and tips, which would cover what the tests check. */
const SETTINGS = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'always',
};

const TEST_ARGUMENTS = [
  '--disable-workspace-trust',
  // Without it a built server ignores extensions under development and their tests.
  ...['--vscode-option', 'enable-smoke-test-driver'],
];

/**
 * Starts code-server without telemetry. It listens on a socket in a folder that only this user can enter, and is
 * reached through a gate that checks a token.
 * @param {{ node: string, entry: string }} codeServer
 * @param {{ userData: string, extensions: string, isTest?: boolean, port?: number, env?: Record<string, string> }} options folders
 *   that it writes to; `port` 0 is any free one; with `isTest` it runs extensions under development, and trusts every folder
 * @returns its URL, `addressFor(url)` with a token that works once, the last lines that it wrote, and how to stop it
 */
export async function startCodeServer(
  { node, entry },
  { userData, extensions, isTest = false, port, env = {} },
) {
  for (const folder of [userData, extensions]) mkdirSync(folder, { recursive: true });
  const config = join(userData, 'code-server.yaml');
  writeFileSync(config, '');
  const sockets = mkdtempSync(join(tmpdir(), 'youtu-workbench-')); // mkdtemp gives only its owner access
  const socketPath = join(sockets, 'socket');
  const server = startGuarded(
    node,
    [
      entry,
      ...['--auth', 'none', '--config', config, '--socket', socketPath, '--socket-mode', '600'],
      ...['--user-data-dir', userData, '--extensions-dir', extensions],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(isTest ? TEST_ARGUMENTS : []),
    ],
    { env: { ...withoutVsCodeVariables(process.env), ...env } },
  );
  const stop = async () => {
    await server.stop();
    rmSync(sockets, { recursive: true, force: true });
  };
  try {
    const lines = await untilListening(server);
    const gate = await openWorkbenchGate({ socketPath, port });
    const close = async () => {
      gate.close();
      await stop();
    };
    return { url: gate.url, addressFor: gate.addressFor, lines, ended: server.ended, stop: close };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @returns the last lines of its output, which grow from then on */
async function untilListening(server) {
  const lines = [];
  await new Promise((resolve, reject) => {
    const read = (chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      lines.splice(0, lines.length - 200);
      if (lines.some((line) => line.includes('HTTP server listening on'))) resolve();
    };
    server.child.stdout.on('data', read);
    server.child.stderr.on('data', read);
    const fail = (reason) => reject(new Failure(`code-server ${reason}:\n${lines.slice(-10).join('\n')}`));
    server.ended.then(() => fail('exited immediately'));
    setTimeout(() => fail(`was not ready after ${MAX_START_MS / 1000} s`), MAX_START_MS).unref();
  });
  return lines;
}

/** Removes the variables of a VS Code terminal, with which code-server would act as a part of that VS Code. */
function withoutVsCodeVariables(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_RUN_AS_NODE|NODE_OPTIONS)/.test(name)),
  );
}

/**
 * Address, good for one browser, at which the workbench opens a folder, perhaps with an extension under development and
 * its tests.
 * @param {{ url: string, addressFor: (url: string) => string }} server
 * @param {{ folder: string, developmentPaths?: readonly string[], testsPath?: string, openFile?: string }} options `openFile` is FILE:LINE:COLUMN
 */
export function workbenchAddress(
  { url, addressFor },
  { folder, developmentPaths = [], testsPath, openFile },
) {
  const remote = (path) => `vscode-remote://${new URL(url).host}${encodeURI(path)}`;
  const payload = [
    ...developmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(testsPath === undefined ? [] : [['extensionTestsPath', remote(testsPath)]]),
    ...(openFile === undefined
      ? []
      : [
          ['openFile', remote(openFile)],
          ['gotoLineMode', 'true'],
        ]),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return addressFor(`${url}/?${query}`);
}

/** Writes the user settings unless the file already exists. */
export function writeWorkbenchSettings(userData) {
  const file = join(userData, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(SETTINGS, null, 2)}\n`);
}
