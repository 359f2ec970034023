import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  TransportKind,
  type DynamicFeature,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { allocatorEnvironment } from '../../protocol/allocator.js';
import type { EngineSettings } from '../../protocol/settings.js';
import { StatusNotification } from '../../protocol/status.js';
import { DocumentSync, SYNCED_SCHEMES } from './documentSync.js';
import type { Connection, ConnectionEvents } from './engineLifecycle.js';

/** Time that a starting process gets to become one that can be asked to end. */
const MAX_START_WAIT_MS = 3000;
/** Time for the answer to `shutdown`, and then for the process's exit. */
const MAX_STOP_MS = 2000;
const MAX_EXIT_MS = 1000;

/** What a process must know before its first request. */
export type InitializationOptions = EngineSettings & { readonly remoteKey?: string };

export interface EngineConnection extends Connection {
  readonly client: LanguageClient;
  /** Resolves when `didOpen` has been sent for every document opened so far. */
  readonly documentsSent: () => Promise<void>;
}

/**
 * The language client without its inline completion feature, which would register only after the engine has started.
 * The engine starts with the first completion request, so the extension has a provider of its own.
 */
class YoutuLanguageClient extends LanguageClient {
  /** Stopping a client whose start has failed would reject, also inside of the library, where nothing catches it. */
  override async stop(timeout?: number): Promise<void> {
    if (this.isRunning()) await super.stop(timeout);
  }

  /** Only logs: the extension shows failures itself, with what can be done about them. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const method = 'registrationType' in feature ? feature.registrationType.method : '';
    if (method !== 'textDocument/inlineCompletion') super.registerFeature(feature);
  }
}

/** Creates a connection to an engine at `module` without starting it. */
export function createConnection(
  module: string,
  log: vscode.LogOutputChannel,
  initializationOptions: () => InitializationOptions,
  events: ConnectionEvents,
  environment: Readonly<Record<string, string>> = {},
): EngineConnection {
  const documents = new DocumentSync();
  let isClosed = false;
  const options: LanguageClientOptions = {
    documentSelector: SYNCED_SCHEMES.map((scheme) => ({ scheme })),
    initializationOptions,
    outputChannel: log,
    errorHandler: {
      error: (error) => {
        log.error(error);
        return { action: ErrorAction.Continue, handled: true };
      },
      // The life cycle decides about restarts: this client is for one process only.
      closed: () => {
        isClosed = true;
        events.onClosed();
        return {
          action: CloseAction.DoNotRestart,
          message: 'The engine’s process has ended.',
          handled: true,
        };
      },
    },
    middleware: documents.middleware,
    // The extension reports a failed start itself, with actions.
    initializationFailedHandler: () => false,
  };
  const server = {
    module,
    transport: TransportKind.ipc,
    options: {
      execArgv: inspectArguments(),
      env: { ...allocatorEnvironment(process.env), ...proxyEnvironment(), ...environment },
      // Not the open folder: the system's loader searches the current directory for libraries, too.
      cwd: dirname(module),
    },
  };
  const client = new YoutuLanguageClient('youtu', 'Youtu Code', server, options);
  client.onNotification(StatusNotification, events.onStatus);
  let starting: Promise<void> = Promise.resolve();
  return {
    client,
    documentsSent: () => documents.sent(),
    start: () => (starting = client.start()),
    stop: async () => {
      // The library can't stop a client that is starting.
      await Promise.race([starting.catch(() => undefined), timeout(MAX_START_WAIT_MS)]);
      const process = client.serverProcess;
      if (isClosed || process === undefined) return;
      try {
        // An engine in the middle of an evaluation responds late.
        await client.dispose(MAX_STOP_MS);
        await ended(process, MAX_EXIT_MS);
      } catch (error) {
        log.warn(`The engine did not shut down properly: ${String(error)}`);
      }
      if (!process.killed && !hasEnded(process)) process.kill('SIGKILL');
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function ended(process: ChildProcess, limitMs: number): Promise<void> {
  if (hasEnded(process)) return;
  await Promise.race([new Promise((resolve) => process.once('exit', resolve)), timeout(limitMs)]);
}

function timeout(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** For a debugger; .vscode/launch.json sets the port. */
function inspectArguments(): string[] {
  const port = process.env['YOUTU_ENGINE_INSPECT'];
  return port === undefined ? [] : [`--inspect=127.0.0.1:${port}`];
}

/**
 * Environment variables for the engine in addition to this process's: VS Code's proxy, for downloads. A proxy that is
 * already set in the environment is kept.
 */
function proxyEnvironment(): Readonly<Record<string, string>> {
  const proxy = vscode.workspace.getConfiguration('http').get('proxy', '').trim();
  const isNamed = ['HTTPS_PROXY', 'https_proxy'].some((name) => process.env[name]);
  return proxy === '' || isNamed ? {} : { HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
}
