import type { EngineStatus } from '../../protocol/status.js';
import { EngineFailure } from './engineClient.js';

/** One process of the engine, from its start to its end, with the requests that it has. */
export class Session<C> {
  connection: C | undefined;
  /** Resolves when the connection has been made, or won't be. */
  opened: Promise<void> = Promise.resolve();
  isLaunched = false;
  isRunning = false;
  status: EngineStatus = { kind: 'idle' };
  private failure: EngineFailure | undefined;
  private readonly requests = new Set<(failure: EngineFailure) => void>();
  private resolve: () => void = () => undefined;
  /** Resolves when it runs, or is over. */
  readonly settled = new Promise<void>((resolve) => (this.resolve = resolve));

  get isOver(): boolean {
    return this.failure !== undefined;
  }

  settle(): void {
    this.resolve();
  }

  end(failure: EngineFailure): void {
    this.failure ??= failure;
    for (const fail of this.requests) fail(this.failure);
    this.requests.clear();
    this.settle();
  }

  /** Settles with the request, or rejects as soon as the session is over: a library may never answer then. */
  async untilOver<R>(send: (connection: C) => Promise<R>): Promise<R> {
    const { connection } = this;
    if (connection === undefined || this.failure !== undefined)
      throw this.failure ?? new EngineFailure({ kind: 'engineStopped' });
    let fail: (failure: EngineFailure) => void = () => undefined;
    const over = new Promise<never>((_resolve, reject) => (fail = reject));
    this.requests.add(fail);
    try {
      return await Promise.race([send(connection), over]);
    } finally {
      this.requests.delete(fail);
    }
  }
}
