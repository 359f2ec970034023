import { RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { EngineErrorData } from './errors.js';

export interface StartServerParams {
  readonly host: string;
  readonly port: number;
}

export interface ServerAddress {
  readonly url: string;
}

/** Opens the engine's HTTP server; one that is open already stays, and its address comes back. */
export const StartServerRequest = new RequestType<StartServerParams, ServerAddress, EngineErrorData>(
  'youtu/server/start',
);

/** Closes it. `false` where none was open. */
export const StopServerRequest = new RequestType0<boolean, EngineErrorData>('youtu/server/stop');
