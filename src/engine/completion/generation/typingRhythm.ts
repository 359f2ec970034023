import { setTimeout } from 'node:timers/promises';
import { abortable } from '../../cancellation.js';

/** A longer break is thinking, not typing. */
const MAX_INTERVAL_MS = 1000;
/** Share of the newest interval, and of the newest latency, in the running mean. */
const WEIGHT = 0.25;
const MAX_WAIT_MS = 180;
const MIN_PART_MS = 80;
/** VS Code asks 50 ms after a key, takes some more to show what it gets, and an eye needs a moment too. */
const EDITOR_DELAY_MS = 120;

/**
 * Decides how long to wait before a decoding is begun. A user whose next key comes sooner than the first text could
 * be there gets nothing from a decoding that this key ends; one who types slower gets it at once.
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
    this.interval = this.interval === undefined ? since : mean(this.interval, since);
  }

  /** @param milliseconds from the beginning of a decoding to the first text that could be shown, once it is there */
  firstText(milliseconds: number | undefined): void {
    if (milliseconds === undefined || milliseconds === this.lastLatency) return;
    this.lastLatency = milliseconds;
    this.latency = this.latency === undefined ? milliseconds : mean(this.latency, milliseconds);
  }

  /**
   * Milliseconds after which what is there of an answer is shown: by the latency goal, and before the next key is due.
   * @param goal milliseconds
   */
  partDue(goal: number): number {
    return Math.min(goal, Math.max(MIN_PART_MS, (this.interval ?? goal) - EDITOR_DELAY_MS));
  }

  /** Milliseconds to wait for another key, reckoned from the last one. */
  wait(now: number): number {
    const { interval, latency, lastKey } = this;
    if (interval === undefined || latency === undefined || lastKey === undefined) return 0;
    if (latency <= interval) return 0;
    // Somewhat more than the usual interval: a key that is late is taken for a pause.
    return Math.max(0, Math.min(interval * 1.3, MAX_WAIT_MS) - (now - lastKey));
  }

  /**
   * Waits so long.
   * @throws the signal's reason
   */
  async pause(signal: AbortSignal): Promise<void> {
    const milliseconds = this.wait(performance.now());
    // Node's timer would reject with an error of its own instead of the signal's reason.
    if (milliseconds > 0) await abortable(setTimeout(milliseconds, undefined, { ref: false }), signal);
  }
}

function mean(old: number, added: number): number {
  return old + WEIGHT * (added - old);
}
