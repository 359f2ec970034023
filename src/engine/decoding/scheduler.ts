import type { WorkKind } from '../../protocol/status.js';

/** Who goes first when several want the processor. */
const RANK: Readonly<Record<WorkKind, number>> = { completion: 0, fix: 1, chat: 2, 'warm-up': 3 };

interface Waiter {
  readonly kind: WorkKind;
  readonly start: () => void;
}

/**
 * Decides who may evaluate now. Work comes in quanta (one prefill slice, one token); one quantum runs at a time,
 * and between two the highest wish goes first. An abort takes effect at the next quantum.
 */
export class Scheduler {
  private readonly waiting: Waiter[] = [];
  private isBusy = false;

  /**
   * Runs one quantum when it is its turn.
   * @throws the signal's reason when it is aborted before the quantum has begun
   */
  async quantum<T>(kind: WorkKind, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    await this.turn(kind, signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.passOn();
    }
  }

  /** How many quanta wait, by kind; for the report and for tests. */
  get queueLength(): number {
    return this.waiting.length;
  }

  private turn(kind: WorkKind, signal: AbortSignal): Promise<void> {
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
        kind,
        start: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const place = this.waiting.findIndex((other) => RANK[other.kind] > RANK[kind]);
      this.waiting.splice(place < 0 ? this.waiting.length : place, 0, waiter);
    });
  }

  /**
   * The next turn is given out one event-loop turn later, so that who has just had a quantum can ask for the next
   * one first: otherwise a completion and a chat would alternate instead of the completion going first.
   */
  private passOn(): void {
    setImmediate(() => {
      const next = this.waiting.shift();
      if (next === undefined) this.isBusy = false;
      else next.start();
    });
  }
}
