import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { systemCode } from '../../systemCode.js';

/** A lock whose owner is on another machine, or is suspended, is stale when it wasn't renewed for this long. */
const STALE_MS = 60_000;
const RENEW_MS = 10_000;
/** An owner looks this often whether the lock is still its own. */
const CHECK_MS = 1_000;

/** What a lock file says. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Another process may get the number of one that is gone. Absent where the system doesn't tell. */
  readonly startedAt?: string;
  /** Of this lock, so that an owner sees that another one has taken its place. */
  readonly token: string;
}

interface Found {
  readonly content: string;
  readonly state: 'held' | 'ownerGone' | 'notRenewed';
}

/**
 * Keeps two processes from fetching the same file. The lock of a process that is gone is taken over at once, that of a
 * suspended one after a minute. The latter may wake up and go on: {@link DownloadLock.mayHaveRival} says so to the new
 * owner, and {@link DownloadLock.isHeld} to the old one.
 */
export class DownloadLock {
  private readonly timer: NodeJS.Timeout;
  private checkedAt: number;
  private lost = false;

  private constructor(
    private readonly path: string,
    readonly token: string,
    /** Whether a process that was taken for dead may still write the same files. */
    readonly mayHaveRival: boolean,
    private readonly now: () => number,
  ) {
    this.checkedAt = now();
    this.timer = setInterval(() => void this.renew(), RENEW_MS);
    this.timer.unref();
  }

  /**
   * @param now milliseconds of a monotonic clock
   * @returns `undefined` when another process, or another task of this one, holds it
   * @throws the system's error
   */
  static async acquire(
    path: string,
    now: () => number = () => performance.now(),
  ): Promise<DownloadLock | undefined> {
    const token = randomUUID();
    let mayHaveRival = false;
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await create(path, token)) return new DownloadLock(path, token, mayHaveRival, now);
      const found = await find(path);
      if (found?.state === 'held') return undefined;
      if (found === undefined) continue;
      if (found.state === 'notRenewed') mayHaveRival = true;
      await takeAway(path, found.content, token);
    }
    return undefined;
  }

  /** Whether no other process has taken the lock over. Reads the file once a second at most. */
  async isHeld(): Promise<boolean> {
    if (this.lost) return false;
    // Also the first question after the process was suspended.
    if (this.now() - this.checkedAt < CHECK_MS) return true;
    this.checkedAt = this.now();
    this.lost = !(await this.isOwn());
    return !this.lost;
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    if (await this.isOwn()) await rm(this.path, { force: true });
    this.lost = true;
  }

  private async renew(): Promise<void> {
    if (!(await this.isHeld())) return;
    const now = new Date();
    await utimes(this.path, now, now).catch(() => undefined);
  }

  private async isOwn(): Promise<boolean> {
    try {
      return ownerIn(await readFile(this.path, 'utf8'))?.token === this.token;
    } catch (error) {
      // Where it can't be read (too many files are open) it wasn't taken either.
      return !['ENOENT', 'EISDIR'].includes(systemCode(error) ?? '');
    }
  }
}

/** Makes the file with its content at once, so that a process that is killed leaves no lock without an owner. */
async function create(path: string, token: string): Promise<boolean> {
  const startedAt = await startOf(process.pid);
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    token,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
  const content = JSON.stringify(owner);
  const temporary = `${path}.${token}`;
  try {
    await writeFile(temporary, content);
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    // Some disks know no second names.
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR'].includes(code ?? ''))
      return await createInPlace(path, content);
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function createInPlace(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file
      .writeFile(content)
      .catch(async (error: unknown) => {
        await rm(path, { force: true });
        throw error;
      })
      .finally(() => file.close());
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @returns `undefined` when it was released meanwhile */
async function find(path: string): Promise<Found | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    const content = await readFile(path, 'utf8').catch((error: unknown) => {
      // A folder of that name is no lock.
      if (systemCode(error) === 'EISDIR') return '';
      throw error;
    });
    const owner = ownerIn(content);
    if (owner !== undefined && (await isGone(owner))) return { content, state: 'ownerGone' };
    // A clock that was set back must not keep a lock forever.
    const isRenewed = Math.abs(Date.now() - mtimeMs) <= STALE_MS;
    return { content, state: isRenewed ? 'held' : 'notRenewed' };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function ownerIn(content: string): Partial<Owner> | undefined {
  try {
    const parsed: unknown = JSON.parse(content);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined; // just being written, or not ours: its age decides
  }
}

async function isGone({ pid, host, startedAt }: Partial<Owner>): Promise<boolean> {
  if (host !== hostname() || typeof pid !== 'number') return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) !== 'EPERM';
  }
  return startedAt !== undefined && startedAt !== (await startOf(pid));
}

/** When a process was started, on Linux: boot and ticks since then. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const [boot, status] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The process's name, in brackets, may hold anything.
    const ticks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? undefined : `${boot.trim()} ${ticks}`;
  } catch {
    return undefined;
  }
}

/** Moves the stale lock aside; gives it back when another process has put its own there meanwhile. */
async function takeAway(path: string, content: string, token: string): Promise<void> {
  const aside = `${path}.${token}.old`;
  try {
    await rename(path, aside);
    const moved = await readFile(aside, 'utf8').catch(() => '');
    // Not by `rename`, which would replace a third one's lock.
    if (moved !== content) await link(aside, path);
  } catch (error) {
    // Another process was quicker: the next attempt sees its lock.
    if (!['ENOENT', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
