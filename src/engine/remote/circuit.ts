import { EngineError, type RemoteFailureReason } from '../../protocol/errors.js';

/** Failures in a row after which the server is left alone for a while. */
const MAX_FAILURES = 2;
const FIRST_REST_MS = 5_000;
const MAX_REST_MS = 60_000;
/** The request was at fault, or the server has more to do than it can: it is there all the same. */
const ALIVE = new Set<RemoteFailureReason>(['refused', 'busy', 'modelMissing', 'otherModel']);

/**
 * A circuit breaker. Closed: requests go to the server. After failures it opens: the local model answers. After a rest
 * it is half open: the next request asks the server again, and closes it, or opens it for a longer rest.
 */
export class Circuit {
  private failures = 0;
  private rests = 0;
  private openUntil: number | undefined;
  private failure: EngineError | undefined;

  /**
   * @param now milliseconds of a monotonic clock
   * @param random from 0 to 1; a team's editors must not all come back at once
   */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly random: () => number = Math.random,
  ) {}

  get state(): 'closed' | 'open' | 'halfOpen' {
    if (this.openUntil === undefined) return 'closed';
    return this.now() < this.openUntil ? 'open' : 'halfOpen';
  }

  /** Why it is open. */
  get lastFailure(): EngineError | undefined {
    return this.failure;
  }

  succeeded(): void {
    [this.failures, this.rests] = [0, 0];
    [this.openUntil, this.failure] = [undefined, undefined];
  }

  /** @param isCertain one failure is enough: the server has just been asked for nothing but a sign of life */
  failed(error: unknown, isCertain = false): void {
    if (!(error instanceof EngineError) || error.data.kind !== 'remoteFailed') return;
    if (!isCertain && ALIVE.has(error.data.reason)) return;
    this.failure = error;
    this.failures++;
    if (this.failures < MAX_FAILURES && !isCertain) return;
    const rest = Math.min(MAX_REST_MS, FIRST_REST_MS * 2 ** this.rests);
    this.rests++;
    this.openUntil = this.now() + rest * (0.75 + this.random() / 2);
  }
}
