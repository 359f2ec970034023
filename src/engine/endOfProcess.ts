/**
 * Ends a process that can't end by itself. llama.cpp's work runs where JavaScript has no say: while a call blocks the
 * main thread no event arrives, and Node's own exit waits for work in its thread pool.
 */
import { spawn } from 'node:child_process';
import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

/** How often the thread looks, and how often the main thread shows that it is alive. */
const CHECK_MS = 150;
/** A main thread that is silent for so many checks can't see that its parent has gone. */
const MIN_SILENT_CHECKS = 4;
/** A main thread that has shown nothing for so long won't do so again. */
const BLOCKED_MS = 30_000;
/** What an orderly exit may take; the whole end of an engine, from its parent's death on, takes less than 2 s. */
const MAX_EXIT_MS = 1400;
const PAUSE_MS = 200;

/** Kills this process from outside unless its exit, which begins now, is done in time. */
export function endForCertain(): void {
  const pid = String(process.pid);
  const [command, args] =
    process.platform === 'win32'
      ? [process.execPath, ['-e', KILL_LATER, pid]]
      : ['/bin/sh', ['-c', `${WAIT}; kill -9 "$0" 2>/dev/null`, pid]];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const guard = spawn(command, args, { detached: true, stdio: 'ignore', windowsHide: true, env });
  // Without a guard the exit is what it was.
  guard.on('error', () => undefined);
  guard.unref();
}

/** Leaves as soon as the process has gone. Some shells' `sleep` knows whole seconds only. */
const WAIT = Array.from({ length: MAX_EXIT_MS / PAUSE_MS }, () => {
  const pause = `{ sleep ${PAUSE_MS / 1000} 2>/dev/null || sleep 1; }`;
  return `${pause}; kill -0 "$0" 2>/dev/null || exit 0`;
}).join('; ');
const KILL_LATER = `setTimeout(() => { try { process.kill(Number(process.argv[1]), 'SIGKILL'); } catch { process.exit(0); } }, ${MAX_EXIT_MS})`;

/** A second thread that ends this process when its parent is gone or its main thread is blocked. */
export class WatchThread {
  private readonly worker: Worker;

  /** @param isStuck whether the main thread runs, but what it waits for doesn't come to an end */
  constructor(isStuck: () => boolean = () => false, blockedMs = BLOCKED_MS) {
    const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    this.worker = new Worker(WATCH, {
      eval: true,
      env: {},
      execArgv: [],
      workerData: {
        beats,
        checkMs: CHECK_MS,
        // A debugger's pauses may be long.
        maxSilentChecks: inspector.url() === undefined ? Math.ceil(blockedMs / CHECK_MS) : Infinity,
      },
    });
    this.worker.unref();
    setInterval(() => {
      if (!isStuck()) Atomics.add(beats, 0, 1);
    }, CHECK_MS).unref();
  }

  /** Ends this process, if its main thread is blocked, when that one is gone; not one of another container. */
  watch(pid: number): void {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    this.worker.postMessage(pid);
  }
}

/**
 * Counts its own checks instead of comparing times: none are made while the machine sleeps. While the main thread runs,
 * it sees the end of its parent by itself; whether the parent alone has gone doesn't matter then: some launchers leave.
 * A parent that ended has passed this process on to another one; on Windows its id is gone.
 */
const WATCH = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { beats, checkMs, maxSilentChecks } = workerData;
  const parent = process.ppid;
  const watched = new Set();
  let seen = 0;
  let silent = 0;
  parentPort.on('message', (pid) => watched.add(pid));
  const isGone = (pid) => {
    try {
      process.kill(pid, 0);
      return false;
    } catch (error) {
      return error.code === 'ESRCH';
    }
  };
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    silent = now === seen ? silent + 1 : 0;
    seen = now;
    if (silent < ${MIN_SILENT_CHECKS}) return;
    const isOrphan = process.platform === 'win32' ? isGone(parent) : process.ppid !== parent;
    if (isOrphan || silent >= maxSilentChecks || [...watched].some(isGone)) process.kill(process.pid, 'SIGKILL');
  }, checkMs);
`;

/**
 * Lets the process go on after an unhandled rejection: it belonged to one request, and the others
 * have nothing to do with it. After an exception outside of any promise the process still ends.
 */
export function surviveRejections(log: (message: string) => void): void {
  process.on('unhandledRejection', (reason) => {
    const detail = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    log(`unhandled rejection: ${detail}`);
  });
}
