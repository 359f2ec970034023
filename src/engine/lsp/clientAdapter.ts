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

/** The parts of a running server that a door may use. */
export interface ServerParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly engine: Engine;
  readonly contextProvider: WorkspaceContextProvider;
}

/**
 * What the server says and offers beside its requests, which depends on who is at the other end: the project's own
 * extension makes its words and actions itself; a person's editor has to be given them.
 */
export interface ClientAdapter {
  /** What is offered to this client, beside what all are. Called once, before any other message. */
  capabilities(params: InitializeParams): Partial<ServerCapabilities>;
  onStatus(status: EngineStatus): void;
  onStats(figures: CompletionStats): Promise<void>;
  /** No ghost text because of an error. `isInvoked`: the user asked for it. */
  onCompletionFailed(error: unknown, isInvoked: boolean): void;
  log(level: string, message: string): void;
}

export type CreateClientAdapter = (parts: ServerParts) => ClientAdapter;

/** The door of the extension, the tests and the benchmarks: they know the messages of `src/protocol`. */
export const extensionAdapter: CreateClientAdapter = ({ connection }) => ({
  capabilities: () => ({}),
  onStatus: (status) => void connection.sendNotification(StatusNotification, status),
  onStats: (figures) => connection.sendNotification(CompletionStatsNotification, figures),
  // Ghost text never complains: what is wrong with the model is told by the status.
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
