import {
  othersCores,
  processorClock,
  timesBetween,
  type ProcessorClock,
  type ProcessorTimes,
} from './processorClock.js';

/** The system counts in steps of 10 ms: a shorter look is too coarse. */
const MIN_LOOK_MS = 250;
/** What was busy so long ago says nothing about now. */
const MAX_LOOK_MS = 10_000;
const TICK_MS = 500;
/** An idle model needs no watch. */
const AWAKE_MS = 300_000;

/** Watches how many cores other processes keep busy, while a model is in use. */
export class CoreWatch {
  private last: ProcessorTimes;
  private others: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wanted = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: ProcessorClock = processorClock,
    private readonly now: () => number = () => performance.now(),
  ) {
    // While a model is loaded, time enough goes by to know something at its first evaluation.
    this.last = clock();
  }

  /** Cores that others kept busy of late; `undefined` where that can't be told. */
  busyCores(): number | undefined {
    this.wanted = this.now();
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
    this.readLoad();
    return this.others;
  }

  private tick(): void {
    if (this.now() - this.wanted > AWAKE_MS) {
      clearInterval(this.timer);
      this.timer = undefined;
    } else this.readLoad();
  }

  private readLoad(): void {
    const { last } = this;
    const since = this.now() - last.wall;
    if (since < MIN_LOOK_MS) return;
    this.last = this.clock();
    this.others = since > MAX_LOOK_MS ? undefined : othersCores(timesBetween(last, this.last));
  }
}
