import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from './command.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
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

/** Path of a Chromium, Chrome or Edge; on Debian as root it is installed when there is none. */
export async function ensureChromium() {
  let found = findChromium();
  if (found !== undefined) return found;
  const reason = await ensureSystemPackages(['chromium']);
  found = findChromium();
  if (found !== undefined) return found;
  throw new Failure(
    `The tests of what is seen need Chromium, Chrome or Edge, and none was found. ${reason ?? 'Install one'}, or set YOUTU_CHROMIUM to its path.`,
  );
}

export function findChromium() {
  const { YOUTU_CHROMIUM, PATH = '' } = process.env;
  if (YOUTU_CHROMIUM) return YOUTU_CHROMIUM;
  const onPath = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  return [...onPath, ...(PROGRAMS[process.platform] ?? [])].find((path) => existsSync(path));
}

/** Chromium's own sandbox refuses to run as root. */
export const chromiumArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
