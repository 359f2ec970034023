import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from './command.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

/** The first is Chromium without a user interface, in which the tests of the pages take a third less time. */
const NAMES = [
  'chromium-headless-shell',
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
];
const PROGRAMS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap(
    (program) =>
      [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
        .filter(Boolean)
        .map((folder) => join(folder, program)),
  ),
};

/** Path of Chromium, Chrome or Edge. On Debian, root installs the headless shell, or Chromium if there is none. */
export async function ensureChromium() {
  if (process.env.YOUTU_CHROMIUM) return process.env.YOUTU_CHROMIUM;
  let reason;
  for (const name of ['chromium-headless-shell', 'chromium']) {
    reason = await ensureSystemPackages([name]);
    const found = findChromium();
    if (found !== undefined) return found;
  }
  throw new Failure(
    `The tests of the pages need Chromium, Chrome or Edge, but none was found. ${reason ?? 'Install one'}, or set YOUTU_CHROMIUM to its path.`,
  );
}

export function findChromium() {
  const { YOUTU_CHROMIUM, PATH = '' } = process.env;
  if (YOUTU_CHROMIUM) return YOUTU_CHROMIUM;
  const onPath = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  return [...onPath, ...(PROGRAMS[process.platform] ?? [])].find((path) => existsSync(path));
}

/** Chromium's sandbox does not work as root. */
export const chromiumArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
