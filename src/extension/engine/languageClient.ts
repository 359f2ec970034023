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
 * The language client without its own inline completion: the extension asks for completions itself, since the
 * engine is to start with the first one, and a provider that only exists once it runs comes too late for that.
 */
class YoutuLanguageClient extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const method = 'registrationType' in feature ? feature.registrationType.method : '';
    if (method !== 'textDocument/inlineCompletion') super.registerFeature(feature);
  }
}

/** What the process's owner wants to hear of it. */
export interface EngineEvents {
  readonly onStatus: (status: EngineStatus) => void;
  readonly onState: (state: 'starting' | 'running' | 'stopped') => void;
  /** The process has ended unasked; answers whether to start it again, and a line for the log. */
  readonly onDied: () => { readonly restart: boolean; readonly message: string };
}

export interface EngineConnection {
  readonly client: LanguageClient;
  /** Resolves when the engine has been told of every document opened so far. */
  readonly documentsSent: () => Promise<void>;
}

/** A client for the engine at `module`; it isn't started yet. */
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
    // A failed start is told in this extension's own words, with what to do.
    initializationFailedHandler: () => false,
  };
  const server = {
    module,
    transport: TransportKind.ipc,
    options: {
      execArgv: inspectArguments(),
      env: engineEnvironment(),
      // Not the folder that is open: the system's loader looks for libraries in the current one too.
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

/** For a debugger: .vscode/launch.json names the port. */
function inspectArguments(): string[] {
  const port = process.env['YOUTU_ENGINE_INSPECT'];
  return port === undefined ? [] : [`--inspect=127.0.0.1:${port}`];
}

/**
 * What the engine's process gets beside this one's variables: VS Code's proxy, which downloads go through. A proxy
 * that the environment names already stays.
 */
function engineEnvironment(): Readonly<Record<string, string>> {
  const proxy = vscode.workspace.getConfiguration('http').get('proxy', '').trim();
  const isNamed = ['HTTPS_PROXY', 'https_proxy'].some((name) => process.env[name]);
  return proxy === '' || isNamed ? {} : { HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
}
