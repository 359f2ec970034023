import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs work in a new folder that only this user can read, and removes it afterwards with all that tools have left in it.
 * @throws system errors, such as a full disk
 */
export async function inPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(await parentFolder(), 'youtu-check-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Tools read configuration from the folders above (`rust-toolchain.toml`, `go.mod`, `.python-version`), and some of it
 * names programs. In a folder that every user of the machine can write to, it may be another user's.
 */
async function parentFolder(): Promise<string> {
  const folder = tmpdir();
  if (process.platform === 'win32' || ((await stat(folder)).mode & 0o002) === 0) return folder;
  const own = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'youtu-code');
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    return own;
  } catch {
    return folder; // a user without a home
  }
}
