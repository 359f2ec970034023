import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, step } from '../tools/command.mjs';
import { root } from '../tools/paths.mjs';
import { findSample } from './sample.mjs';

const MAC_APP_CODE = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';

/** Path of the desktop's `code` command if there is a screen, else undefined. */
export function findDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY, PATH = '' } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const onPath = PATH.split(delimiter).map((folder) => join(folder, name));
  return [...onPath, MAC_APP_CODE].find((path) => existsSync(path));
}

/**
 * Opens a window with the extension from this folder. The extension is not installed: closing the window leaves nothing in
 * the user's VS Code, and reloading it loads a new build.
 */
export async function openDesktop(code, model, { isCheck }) {
  if (isCheck) {
    await step('VS Code', () => run(code, ['--version']).split('\n')[0]);
    return 0;
  }
  const { folder, absoluteLocation } = findSample();
  await step('VS Code', () => {
    run(code, [`--extensionDevelopmentPath=${root}`, '--new-window', folder, '--goto', absoluteLocation], {
      YOUTU_MODEL: model,
    });
    return `opened with ${folder}`;
  });
  return 0;
}

function run(code, args, env = {}) {
  const isScript = code.endsWith('.cmd');
  const { status, stdout, stderr, error } = spawnSync(
    isScript ? `"${code}"` : code,
    isScript ? args.map((argument) => `"${argument}"`) : args,
    { shell: isScript, env: { ...process.env, ...env }, encoding: 'utf8', timeout: 60_000 },
  );
  if (status === 0) return stdout;
  throw new Failure(
    `${code} did not start (${error?.message ?? stderr.trim()}). Try VS Code in the browser: npm start -- --web`,
  );
}
