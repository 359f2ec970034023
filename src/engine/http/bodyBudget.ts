import { ApiError } from './apiError.js';

/** Smaller bodies don't count: as many of them as there can be connections take little. */
const SMALL_BYTES = 64 * 1024;
/** Bytes of large bodies that may be in memory at once, and those of one address. */
const TOTAL_BYTES = 32 * 1024 * 1024;
const ADDRESS_BYTES = TOTAL_BYTES / 2;
/** How long a body waits, unread, for others to be done. */
const MAX_WAIT_MS = 10_000;

export interface BodyBudgetOptions {
  readonly smallBytes: number;
  readonly totalBytes: number;
  readonly addressBytes: number;
  readonly maxWaitMs: number;
}

/** Memory that was given out for one body. */
export interface BodyShare {
  /** Gives back what the body doesn't take, once its size is known. */
  readonly shrink: (bytes: number) => void;
  /** Gives it all back; may be called more than once. */
  readonly release: () => void;
}

interface Waiting {
  readonly address: string;
  readonly bytes: number;
  readonly start: () => void;
}

/**
 * Bounds the memory that request bodies take together. A body that doesn't fit isn't read before others are done:
 * its sender waits, as with a slow connection.
 */
export class BodyBudget {
  private readonly options: BodyBudgetOptions;
  private readonly used = new Map<string, number>();
  private total = 0;
  private readonly waiting: Waiting[] = [];

  constructor(options: Partial<BodyBudgetOptions> = {}) {
    this.options = {
      smallBytes: SMALL_BYTES,
      totalBytes: TOTAL_BYTES,
      addressBytes: ADDRESS_BYTES,
      maxWaitMs: MAX_WAIT_MS,
      ...options,
    };
  }

  /** Bytes that are given out. */
  get usedBytes(): number {
    return this.total;
  }

  /**
   * Waits for the memory that a body takes.
   * @param signal aborted when the sender leaves
   * @throws ApiError 429 after a while; the signal's reason
   */
  async take(address: string, bytes: number, signal: AbortSignal): Promise<BodyShare> {
    signal.throwIfAborted();
    let own = this.counted(bytes);
    if (this.waiting.length === 0 && this.fits(address, own)) this.add(address, own);
    else if (own > 0) await this.turn(address, own, signal);
    const shrink = (left: number): void => {
      const given = own - this.counted(left);
      if (given <= 0) return;
      own -= given;
      this.add(address, -given);
      this.startWaiting();
    };
    return { shrink, release: () => shrink(0) };
  }

  /** Resolves when the memory has been added. */
  private turn(address: string, bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (reason: Error): void => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        end();
        reject(reason);
      };
      const onAbort = (): void => leave(signal.reason as Error);
      const timer = setTimeout(() => leave(busy()), this.options.maxWaitMs);
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      const waiting: Waiting = {
        address,
        bytes,
        start: () => {
          end();
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(waiting);
      this.startWaiting();
    });
  }

  /** All that fit, in their order; one address's wait doesn't hold up the others. */
  private startWaiting(): void {
    for (const each of [...this.waiting]) {
      if (!this.fits(each.address, each.bytes)) continue;
      this.waiting.splice(this.waiting.indexOf(each), 1);
      this.add(each.address, each.bytes);
      each.start();
    }
  }

  private counted(bytes: number): number {
    return bytes > this.options.smallBytes ? bytes : 0;
  }

  private fits(address: string, bytes: number): boolean {
    const used = this.used.get(address) ?? 0;
    return this.total + bytes <= this.options.totalBytes && used + bytes <= this.options.addressBytes;
  }

  private add(address: string, bytes: number): void {
    this.total += bytes;
    const used = (this.used.get(address) ?? 0) + bytes;
    if (used > 0) this.used.set(address, used);
    else this.used.delete(address);
  }
}

function busy(): ApiError {
  return new ApiError(
    429,
    'rate_limit_error',
    'too_many_large_bodies',
    'The server is reading many large requests. Try again in a moment, or send less text.',
    { retryAfterSeconds: 5 },
  );
}
