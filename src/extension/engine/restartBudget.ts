/** A process that dies again and again is not started for ever. */
const ATTEMPTS = 3;
const WINDOW_MS = 3 * 60_000;

/** How often the engine may be started again by itself within some minutes. */
export class RestartBudget {
  readonly attempts = ATTEMPTS;
  private times: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** The number of the attempt (from 1), or `undefined` when the budget is used up. */
  take(): number | undefined {
    const now = this.now();
    this.times = this.times.filter((time) => now - time < WINDOW_MS);
    if (this.times.length >= ATTEMPTS) return undefined;
    this.times.push(now);
    return this.times.length;
  }

  reset(): void {
    this.times = [];
  }
}
