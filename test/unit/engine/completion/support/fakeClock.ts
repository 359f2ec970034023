import type { Clock } from '../../../../../src/engine/completion/generation/clock.js';

/** A clock that tests advance; callbacks run only then. */
export class FakeClock implements Clock {
  private ms: number;
  private readonly timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  constructor(startMs = 0) {
    this.ms = startMs;
  }

  now(): number {
    return this.ms;
  }

  schedule(ms: number, callback: () => void): () => void {
    const timer = { at: this.ms + ms, callback };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  /** Advances the time, and runs due callbacks, the earliest first. */
  advance(ms: number): void {
    const end = this.ms + ms;
    for (;;) {
      const [next] = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.timers.delete(next);
      this.ms = Math.max(this.ms, next.at);
      next.callback();
    }
    this.ms = end;
  }
}
