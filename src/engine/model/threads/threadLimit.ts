import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { CoreWatch } from './coreWatch.js';
import { ThreadGovernor } from './threadGovernor.js';

/** What of a llama.cpp matters here. */
interface ThreadedLibrary {
  maxThreads: number;
  readonly gpu: string | false;
}

/** Gives an evaluation its threads. */
export interface ThreadLease {
  /** @param owner the context that works */
  run<T>(owner: object, threads: number, work: () => Promise<T>): Promise<T>;
}

/**
 * The thread count of one llama.cpp. The library has a single limit for all contexts, which an evaluation looks at
 * as it begins and a new context takes for its own until it ends: so one thing is done at a time, each under its own
 * limit.
 */
export class ThreadLimit implements ThreadLease {
  private last: Promise<unknown> = Promise.resolve();
  private owner: object | undefined;
  private readonly governor: ThreadGovernor;

  constructor(
    private readonly llama: ThreadedLibrary,
    private readonly watch: Pick<CoreWatch, 'busyCores'> = new CoreWatch(),
    cores: number = availableParallelism(),
  ) {
    this.governor = new ThreadGovernor(cores);
  }

  /** Evaluates with up to `threads` threads (fewer while the cores are busy), after what was asked for before. */
  run<T>(owner: object, threads: number, work: () => Promise<T>): Promise<T> {
    return this.next(owner, async () => {
      const isCpu = this.llama.gpu === false;
      const allowed = this.governor.allowed(threads, isCpu ? this.watch.busyCores() : undefined);
      this.llama.maxThreads = allowed;
      const [started, cpu] = [performance.now(), process.cpuUsage()];
      const result = await work();
      const { user, system } = process.cpuUsage(cpu);
      // On a GPU the processor's share says nothing.
      if (isCpu) this.governor.observe(allowed, (user + system) / 1000, performance.now() - started);
      return result;
    });
  }

  /** Evaluates with just so many threads, however busy the cores are: for trials. */
  readonly exact: ThreadLease = {
    run: (owner, threads, work) =>
      this.next(owner, () => {
        this.llama.maxThreads = threads;
        return work();
      }),
  };

  /**
   * Opens a context that may use `threads` threads. Busy cores don't count here: the context would keep to fewer
   * threads when they are free again; and one thread does this work, which is no sign of busy cores.
   */
  open<T>(threads: number, open: () => Promise<T>): Promise<T> {
    return this.next({}, () => {
      this.llama.maxThreads = threads;
      return open();
    });
  }

  private next<T>(owner: object, work: () => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      // A context keeps its threads reserved until the next turn of the timers, and the next one would get half.
      if (this.owner !== owner && this.owner !== undefined) await setTimeout(0);
      this.owner = owner;
      return work();
    };
    const result = this.last.then(run, run);
    this.last = result;
    return result;
  }
}
