import type { MiddlewareHandler } from 'hono';
import { getConnInfo } from '@hono/node-server/conninfo';
import { ApiError } from './apiError.js';

/** Smaller bodies don't count: as many of them as there can be connections take little. */
const SMALL_BYTES = 64 * 1024;
/** Bytes of large bodies that may be in memory at once, and those of one address. */
const TOTAL_BYTES = 32 * 1024 * 1024;
const ADDRESS_BYTES = TOTAL_BYTES / 2;
/** How long a body waits, unread, for others to be done. */
const MAX_WAIT_MS = 10_000;

export interface BodyBudgetOptions {
  readonly totalBytes: number;
  readonly addressBytes: number;
  readonly maxWaitMs: number;
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
  private readonly used = new Map<string, number>();
  private total = 0;
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly options: BodyBudgetOptions = {
      totalBytes: TOTAL_BYTES,
      addressBytes: ADDRESS_BYTES,
      maxWaitMs: MAX_WAIT_MS,
    },
  ) {}

  /**
   * Waits for the memory that a body takes.
   * @param signal aborted when the sender leaves
   * @returns gives the memory back; may be called more than once
   * @throws ApiError 429 after a while; the signal's reason
   */
  async take(address: string, bytes: number, signal: AbortSignal): Promise<() => void> {
    if (!this.fits(address, bytes) || this.waiting.length > 0) await this.turn(address, bytes, signal);
    this.add(address, bytes);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.add(address, -bytes);
      this.startNext();
    };
  }

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
      this.startNext();
    });
  }

  /** The first that fits; one address's wait doesn't hold up the others. */
  private startNext(): void {
    const at = this.waiting.findIndex(({ address, bytes }) => this.fits(address, bytes));
    if (at < 0) return;
    const [next] = this.waiting.splice(at, 1);
    next?.start();
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

/** Keeps a body's share of the budget until its request is answered, since its text is in use for so long. */
export function bodyBudget(budget: BodyBudget, maxBodyBytes: number): MiddlewareHandler {
  return async (context, next) => {
    const { method, raw } = context.req;
    const length = context.req.header('content-length');
    const bytes = length === undefined ? maxBodyBytes : Number(length);
    const isCounted = method !== 'GET' && method !== 'HEAD' && bytes > SMALL_BYTES;
    // A larger one is refused unread.
    if (!isCounted || bytes > maxBodyBytes) return next();
    const { address = '' } = getConnInfo(context).remote;
    const release = await budget.take(address, bytes, raw.signal);
    const { outgoing } = context.env as { readonly outgoing: NodeJS.EventEmitter };
    outgoing.once('close', release);
    await next();
  };
}
