import type { CancellationToken, Disposable, Event } from 'vscode';
import type {
  NotificationType,
  ProgressType,
  RequestType,
  RequestType0,
} from 'vscode-languageserver-protocol';
import type { EngineErrorData } from '../../protocol/errors.js';
import type { EngineStatus } from '../../protocol/status.js';

/** State of the engine process. */
export type EngineState =
  /** Not started yet; the first request starts it. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly status: EngineStatus }
  /** Crashed, and is being started again (`attempt` of `attempts`). */
  | { readonly kind: 'restarting'; readonly attempt: number; readonly attempts: number }
  /** Crashed too often: only `youtu.engine.restart` starts it again. */
  | { readonly kind: 'crashed' };

/**
 * The engine as features use it. A request starts the engine if it isn't running. It rejects with
 * `vscode.CancellationError` when its token is cancelled, and with {@link EngineFailure} when the engine responds with
 * an error, crashes or is restarted.
 */
export interface EngineClient {
  readonly state: EngineState;
  readonly onDidChangeState: Event<EngineState>;
  /** Fires when a process is running. It knows nothing of the notifications that an earlier one received. */
  readonly onDidStart: Event<void>;
  request<P, R>(type: RequestType<P, R, EngineErrorData>, params: P, token: CancellationToken): Promise<R>;
  /** A request without parameters. */
  query<R>(type: RequestType0<R, EngineErrorData>, token: CancellationToken): Promise<R>;
  /** Sends a notification if the engine is running; it isn't started for this. */
  notify<P>(type: NotificationType<P>, params: P): void;
  /** Handles the engine's notifications of a type, one handler per type, until disposed. */
  onNotification<P>(type: NotificationType<P>, handler: (params: P) => void): Disposable;
  /** Receives the progress sent under `progressToken` until disposed. */
  onProgress<T>(type: ProgressType<T>, progressToken: string, handler: (value: T) => void): Disposable;
}

/** Why a request failed: the engine's error data, or the end of its process. `message` is for the log only. */
export class EngineFailure extends Error {
  constructor(
    readonly data:
      | EngineErrorData
      | { readonly kind: 'engineStopped' }
      /** The user has restarted it; the request may be sent again. */
      | { readonly kind: 'engineRestarted' }
      | { readonly kind: 'unexpected'; readonly detail: string },
  ) {
    super(data.kind);
    this.name = 'EngineFailure';
  }
}
