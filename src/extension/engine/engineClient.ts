import type { CancellationToken, Disposable, Event } from 'vscode';
import type {
  NotificationType,
  ProgressType,
  RequestType,
  RequestType0,
} from 'vscode-languageserver-protocol';
import type { EngineErrorData } from '../../protocol/errors.js';
import type { EngineStatus } from '../../protocol/status.js';

/** What the extension knows of the engine process, whether it runs or not. */
export type EngineState =
  /** Not started yet: it starts with the first request. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly status: EngineStatus }
  /** Died, and is being started again (`attempt` of `attempts`). */
  | { readonly kind: 'restarting'; readonly attempt: number; readonly attempts: number }
  /** Died too often: only `youtu.engine.restart` starts it again. */
  | { readonly kind: 'crashed' };

/**
 * The engine as features see it. Requests start it when it doesn't run. A request rejects with
 * `vscode.CancellationError` when its token is cancelled, with {@link EngineFailure} when the engine answers with
 * an error or dies meanwhile.
 */
export interface EngineClient {
  readonly state: EngineState;
  readonly onDidChangeState: Event<EngineState>;
  /** Fires when a process is running. It knows nothing of the notifications that an earlier one received. */
  readonly onDidStart: Event<void>;
  request<P, R>(type: RequestType<P, R, EngineErrorData>, params: P, token: CancellationToken): Promise<R>;
  /** A request without parameters. */
  query<R>(type: RequestType0<R, EngineErrorData>, token: CancellationToken): Promise<R>;
  /** Tells an engine that runs; it isn't started for this. */
  notify<P>(type: NotificationType<P>, params: P): void;
  /** Receives what the engine sends unasked, one handler a type, until disposed. */
  onNotification<P>(type: NotificationType<P>, handler: (params: P) => void): Disposable;
  /** Receives the progress sent under `progressToken` until disposed. */
  onProgress<T>(type: ProgressType<T>, progressToken: string, handler: (value: T) => void): Disposable;
}

/** Why a request failed: the engine's own data, or the engine's end. `message` is for the log only. */
export class EngineFailure extends Error {
  constructor(
    readonly data:
      | EngineErrorData
      | { readonly kind: 'engineStopped' }
      | { readonly kind: 'unexpected'; readonly detail: string },
  ) {
    super(data.kind);
    this.name = 'EngineFailure';
  }
}
