import { delay, type Clock } from './clock.js';

/** A longer break is thinking, not typing. */
const MAX_INTERVAL_MS = 1000;
/** Share of the newest interval, and of the newest latency, in the moving average. */
const WEIGHT = 0.25;
const MAX_WAIT_MS = 180;
const MIN_PARTIAL_MS = 80;
/** VS Code asks 50 ms after a key, takes more time to show the answer, and the user needs a moment to see it. */
const EDITOR_DELAY_MS = 120;
/** Waits somewhat longer than the usual interval: a later key is taken for a pause. */
const WAIT_FACTOR = 1.3;

/**
 * Decides how long to wait before a generation starts. Where the user's next key comes sooner than the first text, a
 * generation would be aborted by that key; a user who types slower gets one at once.
 */
export class TypingRhythm {
  private lastKey: number | undefined;
  private interval: number | undefined;
  private latency: number | undefined;
  private lastLatency: number | undefined;

  /** @param now milliseconds of a monotonic clock */
  key(now: number): void {
    const since = this.lastKey === undefined ? undefined : now - this.lastKey;
    this.lastKey = now;
    if (since === undefined || since > MAX_INTERVAL_MS) return;
    this.interval = this.interval === undefined ? since : average(this.interval, since);
  }

  /** @param milliseconds from the start of a generation to the first text that could be shown, once it is there */
  firstText(milliseconds: number | undefined): void {
    if (milliseconds === undefined || milliseconds === this.lastLatency) return;
    this.lastLatency = milliseconds;
    this.latency = this.latency === undefined ? milliseconds : average(this.latency, milliseconds);
  }

  /**
   * Milliseconds after which a partial text is shown: within the latency goal, and before the next key is due.
   * @param goal milliseconds
   */
  partialDue(goal: number): number {
    return Math.min(goal, Math.max(MIN_PARTIAL_MS, (this.interval ?? goal) - EDITOR_DELAY_MS));
  }

  /** Milliseconds to wait for another key, counted from the last one. */
  wait(now: number): number {
    const { interval, latency, lastKey } = this;
    if (interval === undefined || latency === undefined || lastKey === undefined) return 0;
    if (latency <= interval) return 0;
    return Math.max(0, Math.min(interval * WAIT_FACTOR, MAX_WAIT_MS) - (now - lastKey));
  }

  /**
   * Waits for another key.
   * @throws the signal's reason
   */
  async pause(clock: Clock, signal: AbortSignal): Promise<void> {
    const milliseconds = this.wait(clock.now());
    if (milliseconds > 0) await delay(clock, milliseconds, signal);
  }
}

function average(old: number, added: number): number {
  return old + WEIGHT * (added - old);
}
