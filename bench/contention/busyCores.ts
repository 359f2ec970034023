import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** They stop by themselves should nobody stop them. */
const MAX_MS = 120_000;
const SPIN = `const end = Date.now() + ${MAX_MS}; while (Date.now() < end);`;
/** Until all of them spin. */
const START_MS = 500;

/** Other processes that keep each core busy, as a compiler does. */
export const BusyCores = {
  async during<T>(work: () => Promise<T>): Promise<T> {
    const spinners = Array.from({ length: availableParallelism() }, () =>
      spawn(process.execPath, ['-e', SPIN], { stdio: 'ignore' }),
    );
    try {
      await new Promise((resolve) => setTimeout(resolve, START_MS));
      return await work();
    } finally {
      await Promise.all(spinners.map(stop));
    }
  },
};

async function stop(spinner: ChildProcess): Promise<void> {
  if (spinner.exitCode !== null || spinner.signalCode !== null) return;
  const ended = once(spinner, 'exit');
  spinner.kill('SIGKILL');
  await ended;
}
