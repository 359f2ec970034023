/** Limits automatic restarts of a process that keeps crashing. */
const ATTEMPTS = 3;
const WINDOW_MS = 3 * 60_000;

/** Counts automatic restarts within {@link WINDOW_MS}. */
export class RestartBudget {
  readonly attempts = ATTEMPTS;
  private times: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** Takes one attempt. @returns its number, from 1; `undefined` if none is left */
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
