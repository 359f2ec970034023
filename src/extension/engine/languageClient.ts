import { dirname } from 'node:path';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
  type DynamicFeature,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { StatusNotification, type EngineStatus } from '../../protocol/status.js';
import { engineSettings } from '../settings.js';
import { DocumentSync } from './documentSync.js';
import { SYNCED_SCHEMES } from './documentSync.js';

/**
 * The language client without its inline completion feature, which would register only after the engine has started.
 * The engine starts with the first completion request, so the extension has a provider of its own.
 */
class YoutuLanguageClient extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const method = 'registrationType' in feature ? feature.registrationType.method : '';
    if (method !== 'textDocument/inlineCompletion') super.registerFeature(feature);
  }
}

/** Callbacks for what happens to the process. */
export interface EngineEvents {
  readonly onStatus: (status: EngineStatus) => void;
  readonly onState: (state: 'starting' | 'running' | 'stopped') => void;
  /** The process ended unexpectedly. Returns whether to start it again, and a line for the log. */
  readonly onDied: () => { readonly restart: boolean; readonly message: string };
}

export interface EngineConnection {
  readonly client: LanguageClient;
  /** Resolves when `didOpen` has been sent for every document opened so far. */
  readonly documentsSent: () => Promise<void>;
}

/** Creates a client for the engine at `module` without starting it. */
export function createLanguageClient(
  module: string,
  log: vscode.LogOutputChannel,
  events: EngineEvents,
): EngineConnection {
  const documents = new DocumentSync();
  const options: LanguageClientOptions = {
    documentSelector: SYNCED_SCHEMES.map((scheme) => ({ scheme })),
    initializationOptions: engineSettings,
    outputChannel: log,
    errorHandler: {
      error: (error) => {
        log.error(error);
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: () => {
        const { restart, message } = events.onDied();
        return { action: restart ? CloseAction.Restart : CloseAction.DoNotRestart, message, handled: true };
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
      env: engineEnvironment(),
      // Not the open folder: the system's loader searches the current directory for libraries, too.
      cwd: dirname(module),
    },
  };
  const client = new YoutuLanguageClient('youtu', 'Youtu Code', server, options);
  client.onNotification(StatusNotification, events.onStatus);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) events.onState('starting');
    else if (newState === State.Running) events.onState('running');
    else events.onState('stopped');
  });
  return { client, documentsSent: () => documents.sent() };
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
function engineEnvironment(): Readonly<Record<string, string>> {
  const proxy = vscode.workspace.getConfiguration('http').get('proxy', '').trim();
  const isNamed = ['HTTPS_PROXY', 'https_proxy'].some((name) => process.env[name]);
  return proxy === '' || isNamed ? {} : { HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
}
