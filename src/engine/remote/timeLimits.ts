import type { Clock } from '../completion/generation/clock.js';
import { remoteFailure } from './remoteFailure.js';

/** Milliseconds that a server has. */
export interface TimeLimits {
  readonly connectMs: number;
  /** From the request to the first token of its answer: a long prompt has to be evaluated. */
  readonly firstMs: number;
  readonly betweenMs: number;
  readonly wholeMs: number;
}

export const TIME_LIMITS: TimeLimits = {
  connectMs: 5_000,
  firstMs: 60_000,
  betweenMs: 30_000,
  wholeMs: 600_000,
};

/** Time that keeps the process alive: a command line has nothing else to do while it waits to ask again. */
export const WAITING_CLOCK: Clock = {
  now: () => performance.now(),
  schedule: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Aborts a request when its caller does, or when the server takes too long for its next step. */
export class Deadline {
  private readonly controller = new AbortController();
  private cancelStep: () => void = () => undefined;
  private readonly cancelWhole: () => void;
  private readonly onAbort = (): void => this.controller.abort(this.caller.reason);

  constructor(
    private readonly caller: AbortSignal,
    private readonly host: string,
    private readonly clock: Clock,
    wholeMs: number,
  ) {
    if (caller.aborted) this.onAbort();
    else caller.addEventListener('abort', this.onAbort, { once: true });
    this.cancelWhole = this.clock.schedule(wholeMs, () => this.expire('whole answer'));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The next step may take this long from now. */
  within(ms: number, step: string): void {
    this.cancelStep();
    this.cancelStep = this.clock.schedule(ms, () => this.expire(step));
  }

  close(): void {
    this.cancelStep();
    this.cancelWhole();
    this.caller.removeEventListener('abort', this.onAbort);
  }

  private expire(step: string): void {
    this.controller.abort(remoteFailure(this.host, 'timeout', step));
  }
}
