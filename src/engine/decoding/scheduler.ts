import type { WorkKind } from '../../protocol/status.js';

/** Who goes first when several want the processor. */
const RANK: Readonly<Record<WorkKind, number>> = { completion: 0, fix: 1, chat: 2, 'warm-up': 3 };

/** What a piece of work is for; a function where that changes while it waits. */
export type Priority = WorkKind | (() => WorkKind);

interface Waiter {
  readonly priority: Priority;
  readonly start: () => void;
}

/**
 * Decides who may evaluate now. Work comes in quanta (one prefill slice, one token); one quantum runs at a time,
 * and the highest priority goes first. An abort takes effect at the next quantum.
 */
export class Scheduler {
  private readonly waiting: Waiter[] = [];
  private isBusy = false;
  private begun = 0;
  /** When the quantum that runs has begun. */
  private since: number | undefined;
  private longestMs: number | undefined;

  /** @param now milliseconds of a monotonic clock */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Runs one quantum when it is its turn.
   * @throws the signal's reason when it is aborted before the quantum has begun
   */
  async quantum<T>(priority: Priority, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    await this.turn(priority, signal);
    try {
      signal.throwIfAborted();
      this.begun++;
      this.since = this.now();
      return await work();
    } finally {
      if (this.since !== undefined) this.longestMs = Math.max(this.longestMs ?? 0, this.quantumMs);
      this.since = undefined;
      this.passOn();
    }
  }

  /** How many quanta have begun so far: who wants idle time sees by it whether others have worked. */
  get quanta(): number {
    return this.begun;
  }

  /** Milliseconds since the quantum that runs has begun; 0 while none does. */
  get quantumMs(): number {
    return this.since === undefined ? 0 : this.now() - this.since;
  }

  /** Milliseconds of the longest quantum that has ended; `undefined` before the first one. */
  get longestQuantumMs(): number | undefined {
    return this.longestMs;
  }

  /** How many quanta wait, by kind; for the report and for tests. */
  get queueLength(): number {
    return this.waiting.length;
  }

  private turn(priority: Priority, signal: AbortSignal): Promise<void> {
    if (!this.isBusy) {
      this.isBusy = true;
      return Promise.resolve();
    }
    return new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        priority,
        start: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(waiter);
    });
  }

  /**
   * The next turn is given out one event-loop turn later, so that who has just had a quantum can ask for the next
   * one first: otherwise a completion and a chat would alternate instead of the completion going first.
   */
  private passOn(): void {
    setImmediate(() => {
      const next = this.takeFirst();
      if (next === undefined) this.isBusy = false;
      else next.start();
    });
  }

  /** The highest priority at this moment; among equal ones the longest wait. */
  private takeFirst(): Waiter | undefined {
    const ranks = this.waiting.map(
      ({ priority }) => RANK[typeof priority === 'function' ? priority() : priority],
    );
    const first = ranks.indexOf(Math.min(...ranks));
    return this.waiting.splice(first, 1)[0];
  }
}
