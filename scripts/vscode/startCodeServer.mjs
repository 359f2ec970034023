import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../tools/command.mjs';
import { startGuarded } from '../tools/guardedProcess.mjs';

const START_LIMIT_MS = 60_000;
/** VS Code's own chat and its welcome page would cover what the tests look at. */
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
  ...['--bind-addr', '127.0.0.1:0', '--disable-workspace-trust'],
  // Without it a built server ignores extensions under development and their tests.
  ...['--vscode-option', 'enable-smoke-test-driver'],
];

/**
 * Starts code-server without a password and without telemetry. It listens on a socket that only this user can open,
 * or, for tests, on a free port of the loopback interface.
 * @param {{ node: string, entry: string }} codeServer
 * @param {{ userData: string, extensions: string, socketPath?: string, env?: Record<string, string> }} options
 *   folders that it writes to; without `socketPath` it runs tests: with extensions under development, and without the
 *   question whether to trust the folder
 * @returns its address, the last lines that it wrote, and how to stop it
 */
export async function startCodeServer({ node, entry }, { userData, extensions, socketPath, env = {} }) {
  for (const folder of [userData, extensions]) mkdirSync(folder, { recursive: true });
  const config = join(userData, 'code-server.yaml');
  writeFileSync(config, '');
  const server = startGuarded(
    node,
    [
      entry,
      ...['--auth', 'none', '--config', config],
      ...['--user-data-dir', userData, '--extensions-dir', extensions],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(socketPath === undefined ? TEST_ARGUMENTS : ['--socket', socketPath, '--socket-mode', '600']),
    ],
    { env: { ...withoutEditor(process.env), ...env } },
  );
  const lines = [];
  const address = new Promise((resolve, reject) => {
    const read = (chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      lines.splice(0, lines.length - 200);
      const found = /HTTP server listening on (\S+?)\/?\s/.exec(`${chunk} `);
      if (found) resolve(found[1]);
    };
    server.child.stdout.on('data', read);
    server.child.stderr.on('data', read);
    const fail = (why) => reject(new Failure(`code-server ${why}:\n${lines.slice(-10).join('\n')}`));
    server.ended.then(() => fail('ended at once'));
    setTimeout(() => fail(`was not ready after ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS).unref();
  });
  try {
    return { url: await address, lines, ended: server.ended, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** With the variables of a VS Code terminal, code-server would act as a part of that VS Code. */
function withoutEditor(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_RUN_AS_NODE|NODE_OPTIONS)/.test(name)),
  );
}

/**
 * Address at which the workbench opens a folder with an extension under development, and perhaps its tests.
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

/** Writes the user settings, unless there are some already. */
export function writeWorkbenchSettings(userData) {
  const file = join(userData, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(SETTINGS, null, 2)}\n`);
}
