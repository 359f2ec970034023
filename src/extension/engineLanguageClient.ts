import type { LogOutputChannel, TextDocument } from 'vscode';
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
import { StatusNotification, type EngineStatus } from '../protocol/status.js';
import { engineSettings } from './settings.js';
import { isSynced, SYNCED_SCHEMES } from './syncedDocuments.js';

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

/** A client for the engine at `module`; it isn't started yet. */
export function createLanguageClient(
  module: string,
  log: LogOutputChannel,
  events: EngineEvents,
): LanguageClient {
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
    middleware: onlySynced(),
    // A failed start is told in this extension's own words, with what to do.
    initializationFailedHandler: () => false,
  };
  const server = { module, transport: TransportKind.ipc, options: { execArgv: [] } };
  const client = new YoutuLanguageClient('youtu', 'Youtu Code', server, options);
  client.onNotification(StatusNotification, events.onStatus);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) events.onState('starting');
    else if (newState === State.Running) events.onState('running');
    else events.onState('stopped');
  });
  return client;
}

/** Keeps documents that are too large when they are opened out of every message. */
function onlySynced(): NonNullable<LanguageClientOptions['middleware']> {
  const open = new Set<string>();
  const key = (document: TextDocument): string => document.uri.toString();
  return {
    didOpen: async (document, next) => {
      if (!isSynced(document)) return;
      open.add(key(document));
      await next(document);
    },
    didChange: async (event, next) => {
      if (open.has(key(event.document))) await next(event);
    },
    didSave: async (document, next) => {
      if (open.has(key(document))) await next(document);
    },
    didClose: async (document, next) => {
      if (open.delete(key(document))) await next(document);
    },
  };
}
