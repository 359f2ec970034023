import type { Scheduler } from './scheduler.js';

/** Time after which an evaluation is taken for hung, on a machine where evaluations take no more than a tenth of it. */
export const HANG_MS = 120_000;
/** Part of that time after which `/health` says that something may be wrong. */
const SLOW_SHARE = 1 / 4;
/** An evaluation may take so many times as long as the longest one before it. */
const HUNG_FACTOR = 10;
const SLOW_FACTOR = 3;
/** The first evaluation reads the weights from the disk, and nothing is known of the machine before it. */
const FIRST_FACTOR = 5;

/**
 * Tells an evaluation that hangs in llama.cpp from a slow one. A prompt is evaluated in slices, each of which is a quantum
 * of the scheduler: their ends are the heartbeat, however long the prompt is. How long a slice may take follows from how
 * long those before it took.
 */
export class HangDetector {
  /** @param hangMs Infinity: nothing is taken for hung */
  constructor(
    private readonly scheduler: Pick<Scheduler, 'quantumMs' | 'longestQuantumMs'>,
    private readonly hangMs: number = HANG_MS,
  ) {}

  /** For how long the evaluation that runs has taken, milliseconds; 0 while none does. */
  get evaluationMs(): number {
    return this.scheduler.quantumMs;
  }

  /** Whether the evaluation takes longer than it should. */
  get isSlow(): boolean {
    return this.evaluationMs > this.limit(this.hangMs * SLOW_SHARE, SLOW_FACTOR);
  }

  /** Whether llama.cpp hangs. Nothing helps then but a new process. */
  get isHung(): boolean {
    return this.evaluationMs > this.limit(this.hangMs, HUNG_FACTOR);
  }

  private limit(milliseconds: number, factor: number): number {
    const longest = this.scheduler.longestQuantumMs;
    return longest === undefined ? milliseconds * FIRST_FACTOR : Math.max(milliseconds, longest * factor);
  }
}
