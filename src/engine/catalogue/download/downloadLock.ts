import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { systemCode } from '../../systemCode.js';

/** A lock whose owner is on another machine, or can't be asked for, is stale when it wasn't renewed for this long. */
const STALE_MS = 60_000;
const RENEW_MS = 10_000;

/** What a lock file says. */
interface Owner {
  readonly pid: number;
  readonly host: string;
}

/**
 * Keeps two processes from fetching the same file. The lock of a process that is gone is taken over at once; a
 * library's lease would make the user wait for it to run out.
 */
export class DownloadLock {
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly path: string) {
    this.timer = setInterval(() => {
      const now = new Date();
      utimes(path, now, now).catch(() => undefined);
    }, RENEW_MS);
    this.timer.unref();
  }

  /** @returns `undefined` when another process, or another task of this one, holds it */
  static async acquire(path: string): Promise<DownloadLock | undefined> {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const file = await open(path, 'wx');
        await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner));
        await file.close();
        return new DownloadLock(path);
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
      }
      const found = await read(path);
      if (found !== undefined && !found.isStale) return undefined;
      if (found !== undefined) await takeAway(path, found.content);
    }
    return undefined;
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await rm(this.path, { force: true });
  }
}

async function read(path: string): Promise<{ content: string; isStale: boolean } | undefined> {
  try {
    const content = await readFile(path, 'utf8');
    const age = Date.now() - (await stat(path)).mtimeMs;
    return { content, isStale: age > STALE_MS || isFromDeadProcess(content) };
  } catch {
    return undefined; // released meanwhile
  }
}

function isFromDeadProcess(content: string): boolean {
  try {
    const { pid, host } = JSON.parse(content) as Owner;
    return host === hostname() && !isAlive(pid);
  } catch {
    return false; // just being written, or not ours: its age decides
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Moves the stale lock aside; gives it back when another process has put its own there meanwhile. */
async function takeAway(path: string, content: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== content) await rename(aside, path);
  } catch {
    return; // another process was quicker: the next attempt sees its lock
  } finally {
    await rm(aside, { force: true });
  }
}
