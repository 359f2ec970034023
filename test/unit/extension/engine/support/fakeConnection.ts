import type { EngineState } from '../../../../../src/extension/engine/engineClient.js';
import type { Connection, ConnectionEvents } from '../../../../../src/extension/engine/engineLifecycle.js';

/** A process whose steps a test takes itself. */
export class FakeConnection implements Connection {
  readonly heard: string[] = [];
  readonly sent: string[] = [];
  isStopped = false;
  readonly started = deferred();
  readonly gone = deferred();

  constructor(readonly events: ConnectionEvents) {}

  start(): Promise<void> {
    return this.started.promise;
  }

  stop(): Promise<void> {
    this.isStopped = true;
    return this.gone.promise;
  }

  /** Never answers. */
  send(request: string): Promise<never> {
    this.sent.push(request);
    return new Promise(() => undefined);
  }

  /** Ends by itself. */
  crash(): void {
    this.gone.resolve();
    this.started.reject(new Error('closed'));
    this.events.onClosed();
  }
}

function deferred(): {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
} {
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<void>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  // Not every test looks at it.
  promise.catch(() => undefined);
  return { promise, resolve: () => resolve(), reject: (error) => reject(error) };
}

/** A state in few words. */
export function label(state: EngineState): string {
  if (state.kind === 'running') return `running ${state.status.kind}`;
  return state.kind === 'restarting' ? `restarting ${state.attempt}/${state.attempts}` : state.kind;
}

/** Lets everything happen that waits for no test. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
