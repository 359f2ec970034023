import type { Scheduler } from '../decoding/scheduler.js';
import type { IdleTime } from './idleTime.js';

/** Work for idle time. Whenever something else was evaluated, it waits until nothing is wanted again. */
export class IdleQuanta {
  /** The scheduler's count as the last piece of this work began. */
  private last = Number.NaN;

  constructor(
    private readonly scheduler: Pick<Scheduler, 'quantum' | 'quanta'>,
    private readonly idle: Pick<IdleTime, 'wait'>,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws the signal's reason */
  async run<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      const done = await this.scheduler.quantum('warm-up', this.signal, async () => {
        const isUndisturbed = this.scheduler.quanta === this.last + 1;
        this.last = this.scheduler.quanta;
        return isUndisturbed ? { result: await work() } : undefined;
      });
      if (done !== undefined) return done.result;
      await this.idle.wait(this.signal);
      this.last = this.scheduler.quanta;
    }
  }
}
