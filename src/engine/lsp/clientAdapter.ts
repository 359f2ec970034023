import type {
  Connection,
  InitializeParams,
  ServerCapabilities,
  TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { CompletionStatsNotification, type CompletionStats } from '../../protocol/completion.js';
import { EngineError } from '../../protocol/errors.js';
import { StatusNotification, type EngineStatus } from '../../protocol/status.js';
import type { WorkspaceContextProvider } from '../completion/context/workspaceContextProvider.js';
import type { Engine } from '../engine.js';

/** The parts of a running server that a client's requests may need. */
export interface ServerParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly engine: Engine;
  readonly contextProvider: WorkspaceContextProvider;
}

/**
 * What the server sends and offers besides its requests. It depends on the client: the project's own extension makes
 * sentences and code actions itself, another editor needs the server's.
 */
export interface ClientAdapter {
  /**
   * Registers what only this client is offered. Called once, at `initialize`.
   * @returns the capabilities to add to the server's
   */
  capabilities(params: InitializeParams, parts: ServerParts): Partial<ServerCapabilities>;
  onStatus(status: EngineStatus): void;
  onStats(stats: CompletionStats): Promise<void>;
  /** No ghost text because of an error. `isInvoked`: the user asked for it. */
  onCompletionFailed(error: unknown, isInvoked: boolean): void;
  log(level: string, message: string): void;
}

export type CreateClientAdapter = (connection: Connection) => ClientAdapter;

/** For the extension, the tests and the benchmarks, which know the messages of `src/protocol`. */
export const extensionAdapter: CreateClientAdapter = (connection) => ({
  capabilities: () => ({}),
  onStatus: (status) => void connection.sendNotification(StatusNotification, status),
  onStats: (stats) => connection.sendNotification(CompletionStatsNotification, stats),
  // Problems of the model are shown by the status, not by ghost text.
  onCompletionFailed: (error) =>
    connection.console.warn(
      `no completion: ${error instanceof EngineError ? JSON.stringify(error.data) : String(error)}`,
    ),
  log: (level, message) => {
    const text = message.trimEnd();
    if (level === 'fatal' || level === 'error') connection.console.error(text);
    else if (level === 'warn') connection.console.warn(text);
    else connection.console.debug(text);
  },
});
