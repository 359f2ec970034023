import { setTimeout } from 'node:timers/promises';
import type { Scheduler } from '../decoding/scheduler.js';
import { othersCores, timesBetween, type ProcessorClock } from './threads/processorClock.js';

/** A user who hasn't had anything evaluated for so long is thinking. */
const IDLE_MS = 2000;
const MAX_WAIT_MS = 60_000;
/** Part of the cores that others always take a little of. */
const OTHERS_SHARE = 0.15;

export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Finds times at which nothing is wanted of the model, and of the processor. */
export class IdleTime {
  constructor(
    private readonly scheduler: Pick<Scheduler, 'quanta'>,
    private readonly clock: ProcessorClock,
    private readonly cores: number,
    private readonly pause: Pause = pauseWithoutHolding,
  ) {}

  /**
   * Resolves after some time in which nothing was evaluated and others left most of the cores alone.
   * @throws the signal's reason
   */
  async wait(signal: AbortSignal): Promise<void> {
    for (let wait = IDLE_MS; ; wait = Math.min(wait * 1.5, MAX_WAIT_MS)) {
      const [quanta, before] = [this.scheduler.quanta, this.clock()];
      await this.pause(wait, signal);
      const others = othersCores(timesBetween(before, this.clock()));
      if (this.scheduler.quanta === quanta && !this.isMuch(others)) return;
    }
  }

  /** @param others cores that other processes kept busy, if that can be told */
  isMuch(others: number | undefined): boolean {
    return others !== undefined && others > OTHERS_SHARE * this.cores;
  }
}

/** A pause that doesn't keep the process alive. */
async function pauseWithoutHolding(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal, ref: false });
}

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
