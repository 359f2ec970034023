import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** The processes end after this time even if they are not stopped. */
const MAX_BUSY_MS = 120_000;
const BUSY_LOOP = `const end = Date.now() + ${MAX_BUSY_MS}; while (Date.now() < end);`;
/** Time for all of them to start. */
const START_MS = 500;

/** Processes that keep all cores busy, as a compiler does. */
export const BusyCores = {
  async during<T>(work: () => Promise<T>): Promise<T> {
    const processes = Array.from({ length: availableParallelism() }, () =>
      spawn(process.execPath, ['-e', BUSY_LOOP], { stdio: 'ignore' }),
    );
    try {
      await new Promise((resolve) => setTimeout(resolve, START_MS));
      return await work();
    } finally {
      await Promise.all(processes.map(stop));
    }
  },
};

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
