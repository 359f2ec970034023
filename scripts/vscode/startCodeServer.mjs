import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../tools/command.mjs';
import { startGuarded } from '../tools/guardedProcess.mjs';

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
};

/**
 * Starts code-server for local use: no password, no telemetry, bound to the loopback address.
 * @param {{ node: string, entry: string }} codeServer
 * @param {{ userData: string, extensions: string, port?: number, env?: Record<string, string> }} options
 *   folders that it writes to; port 0 selects a free one
 * @returns its URL; `lines`, its last output; `ended`; and `stop`
 */
export async function startCodeServer({ node, entry }, { userData, extensions, port = 0, env = {} }) {
  for (const folder of [userData, extensions]) mkdirSync(folder, { recursive: true });
  const config = join(userData, 'code-server.yaml');
  writeFileSync(config, '');
  const server = startGuarded(
    node,
    [
      entry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', config],
      ...['--user-data-dir', userData, '--extensions-dir', extensions],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      '--disable-getting-started-override',
      // Without this option, a built server ignores extensions under development and their tests.
      ...['--vscode-option', 'enable-smoke-test-driver'],
    ],
    { env: { ...withoutVsCodeVariables(process.env), ...env } },
  );
  const lines = [];
  const address = new Promise((resolve, reject) => {
    const read = (chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      lines.splice(0, lines.length - 200);
      const found = /HTTP server listening on (http:\S+?)\/?\s/.exec(`${chunk} `);
      if (found) resolve(found[1]);
    };
    server.child.stdout.on('data', read);
    server.child.stderr.on('data', read);
    const fail = (reason) => reject(new Failure(`code-server ${reason}:\n${lines.slice(-10).join('\n')}`));
    server.ended.then(() => fail('exited immediately'));
    setTimeout(() => fail(`was not ready after ${MAX_START_MS / 1000} s`), MAX_START_MS).unref();
  });
  try {
    return { url: await address, lines, ended: server.ended, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Removes the variables of a VS Code terminal, with which code-server would act as a part of that VS Code. */
function withoutVsCodeVariables(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_RUN_AS_NODE|NODE_OPTIONS)/.test(name)),
  );
}

/**
 * The address that opens a folder in the workbench with an extension under development and optionally its tests.
 * @param {string} url of the server
 * @param {{ folder: string, developmentPaths?: readonly string[], testsPath?: string, openFile?: string }} options `openFile` is FILE:LINE:COLUMN
 */
export function workbenchAddress(url, { folder, developmentPaths = [], testsPath, openFile }) {
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
  return `${url}/?${query}`;
}

/** Writes the user settings unless the file already exists. */
export function writeWorkbenchSettings(userData) {
  const file = join(userData, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(SETTINGS, null, 2)}\n`);
}
