import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, step } from '../tools/command.mjs';
import { root } from '../tools/paths.mjs';
import { findSample } from './sample.mjs';

const IN_MAC_APP = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';

/** The desktop's `code`, where there is a screen to show it on. */
export function findDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY, PATH = '' } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const places = PATH.split(delimiter).map((folder) => join(folder, name));
  return [...places, IN_MAC_APP].find((path) => existsSync(path));
}

/**
 * Opens a window with the extension from this folder. It is not installed: nothing is left in the user's VS Code when
 * the window is closed, and a new build is there after a reload.
 */
export async function openDesktop(code, model, { isCheck }) {
  if (isCheck) {
    await step('VS Code', () => run(code, ['--version']).split('\n')[0]);
    return 0;
  }
  const { folder, absolutePlace } = findSample();
  await step('VS Code', () => {
    run(code, [`--extensionDevelopmentPath=${root}`, '--new-window', folder, '--goto', absolutePlace], {
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
