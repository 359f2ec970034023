import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 200;
/** A lock without a process number for so long was left by a process that died while it took it. */
const MAX_UNOWNED_MS = 5_000;
/** After this wait the user is told what is waited for, once. */
const NOTICE_MS = 10_000;

/**
 * Runs `work` under a lock for a path, since `npm start` and `npm test` may prepare the same things concurrently. The
 * lock of a process that has died is taken over.
 * @param {string} path of the lock; `.lock` is appended
 * @param {() => Promise<T>} work
 * @param {{ wait?: (ms: number) => Promise<unknown>, now?: () => number, notify?: (text: string) => void }} deps
 * @template T
 */
export async function withLock(path, work, { wait = sleep, now = Date.now, notify = console.error } = {}) {
  const folder = `${path}.lock`;
  mkdirSync(dirname(folder), { recursive: true });
  const started = now();
  let hasNotified = false;
  while (!acquire(folder)) {
    const owner = ownerOf(folder, now());
    if (owner === 'none') {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!hasNotified && now() - started >= NOTICE_MS) {
      hasNotified = true;
      notify(`Waiting for process ${owner}, which does the same. If it is something else, delete ${folder}.`);
    }
    await wait(RETRY_MS);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function acquire(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'pid'), `${process.pid}`);
  return true;
}

/** @returns the owner's process number, 'starting' while it isn't written yet, or 'none' */
function ownerOf(folder, now) {
  const age = now - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  let pid = 0;
  try {
    pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  } catch {
    // Not written yet, or the owner died before it could.
  }
  if (!Number.isInteger(pid) || pid <= 0) return age > MAX_UNOWNED_MS ? 'none' : 'starting';
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error.code === 'ESRCH' ? 'none' : pid;
  }
}
