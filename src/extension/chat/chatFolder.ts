import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileArea, Hold } from './conversationFiles.js';

/** Ending of a file that isn't complete yet. */
const UNFINISHED = '.new';
/** Such a file that is still there after so long was left by a process that was killed. */
const MAX_UNFINISHED_AGE_MS = 24 * 3600_000;
/** A write takes milliseconds. An owner that has held a lock for so long is suspended or gone. */
const MAX_LOCK_MS = 5000;
const RETRY_LOCK_AFTER_MS = 20;

/** A folder on disk, used by the extension hosts of several windows at the same time. */
export class ChatFolder implements FileArea {
  constructor(
    private readonly folder: string,
    private readonly maxLockMs = MAX_LOCK_MS,
  ) {}

  async list(): Promise<readonly string[]> {
    const entries = await ifExists(readdir(this.folder, { withFileTypes: true }));
    const names = (entries ?? []).filter((entry) => entry.isFile()).map(({ name }) => name);
    for (const name of names.filter((each) => each.endsWith(UNFINISHED))) await this.deleteIfOld(name);
    return names.filter((name) => !name.endsWith(UNFINISHED));
  }

  async read(name: string): Promise<string | undefined> {
    return ifExists(readFile(this.path(name), 'utf8'));
  }

  async replace(name: string, content: string, hold: Hold): Promise<void> {
    // Two windows, or two saves of one, must not write into one file.
    const unfinished = this.path(`${name}.${randomUUID()}${UNFINISHED}`);
    try {
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(content);
        // Otherwise a power cut may leave the new name with an empty file.
        await file.sync();
      } finally {
        await file.close();
      }
      await hold.check();
      await rename(unfinished, this.path(name));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    await this.syncFolder();
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(this.path(from), this.path(to));
  }

  async delete(name: string): Promise<void> {
    await rm(this.path(name), { force: true });
  }

  async exclusively<T>(name: string, work: (hold: Hold) => Promise<T>): Promise<T> {
    await mkdir(this.folder, { recursive: true });
    const lock = this.path(`${name}.lock`);
    const owner = randomUUID();
    await this.acquire(lock, owner);
    const isHeld = async (): Promise<boolean> => (await ifExists(readFile(lock, 'utf8'))) === owner;
    try {
      return await work({
        check: async () => {
          // This process was suspended, and another one has continued meanwhile.
          if (!(await isHeld())) throw new Error('Another window is saving the same chat.');
        },
      });
    } finally {
      if (await isHeld()) await rm(lock, { force: true });
    }
  }

  /** Measures how long the same lock has been there, since the clocks of a shared folder's machines may differ. */
  private async acquire(lock: string, owner: string): Promise<void> {
    let seen = '';
    let since = performance.now();
    while (!(await tryLock(lock, owner))) {
      const found = await ifExists(stat(lock));
      const identity = `${found?.ino} ${found?.mtimeMs}`;
      if (identity !== seen) [seen, since] = [identity, performance.now()];
      if (performance.now() - since > this.maxLockMs) await rm(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, RETRY_LOCK_AFTER_MS));
    }
  }

  /** Makes the renaming itself survive a power cut, where the system can. */
  private async syncFolder(): Promise<void> {
    const folder = await open(this.folder, 'r').catch(() => undefined);
    await folder?.sync().catch(() => undefined);
    await folder?.close();
  }

  private async deleteIfOld(name: string): Promise<void> {
    const found = await ifExists(stat(this.path(name)));
    if (found !== undefined && Date.now() - found.mtimeMs > MAX_UNFINISHED_AGE_MS) await this.delete(name);
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

/** @returns whether the lock is this owner's now */
async function tryLock(lock: string, owner: string): Promise<boolean> {
  const file = await open(lock, 'wx', 0o600).catch((error: unknown) => {
    if (hasCode(error, 'EEXIST')) return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(owner).finally(() => file.close());
    return true;
  } catch (error) {
    // Without space on the disk it would be a lock without an owner.
    await rm(lock, { force: true });
    throw error;
  }
}

async function ifExists<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
