import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const PREFIX = 'youtu-check-';
/** No check takes so long: what is older was left by an engine that was killed. */
const MAX_AGE_MS = 86_400_000;

/**
 * Runs work in a new folder that only this user can read, and removes it afterwards with all that tools have left in it.
 * @throws system errors, such as a full disk
 */
export async function inPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = await parentFolder();
  const folder = await mkdtemp(join(parent, PREFIX));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes the folders of checks that never ended. */
export async function removeOldFolders(now = Date.now()): Promise<void> {
  const parent = await parentFolder();
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const folder = join(parent, name);
    const age = await stat(folder).then(
      ({ mtimeMs }) => now - mtimeMs,
      () => 0, // another engine has removed it
    );
    if (age > MAX_AGE_MS) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Tools read configuration from the folders above (`rust-toolchain.toml`, `go.mod`, `.python-version`), and some of it
 * names programs. In a folder that every user of the machine can write to, it may be another user's.
 */
async function parentFolder(): Promise<string> {
  const folder = tmpdir();
  if (process.platform === 'win32' || ((await stat(folder)).mode & 0o002) === 0) return folder;
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  const own = join(isAbsolute(cache) ? cache : join(homedir(), '.cache'), 'youtu-code');
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    return own;
  } catch {
    return folder; // a user without a home
  }
}
