import { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { SettingsNotification, type EngineSettings } from '../protocol/settings.js';
import { ReportRequest, StatusNotification } from '../protocol/status.js';
import { PathStore } from './catalogue/pathStore.js';
import { registerCompletion } from './completion/completionRequests.js';
import { Engine } from './engine.js';
import { endWithParent } from './endWithParent.js';

/** The engine as a language server, over the transport that the arguments name (`--node-ipc`, `--stdio`). */
export function serve(version: string): void {
  const connection = createConnection(ProposedFeatures.all);
  const documents = new TextDocuments(TextDocument);
  const engine = new Engine({
    store: new PathStore(),
    onStatus: (status) => void connection.sendNotification(StatusNotification, status),
    log: (level, message) => logLine(connection.console, level, message),
  });
  const settings = (): EngineSettings => engine.settings;

  connection.onInitialize(async ({ initializationOptions }) => {
    await engine.configure((initializationOptions ?? {}) as Partial<EngineSettings>);
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        inlineCompletionProvider: true,
      },
      serverInfo: { name: 'youtu', version },
    };
  });
  connection.onNotification(SettingsNotification, (changed) => engine.configure(changed));
  connection.onRequest(ReportRequest, () => engine.report(''));
  registerCompletion(connection, documents, engine.completion, settings);
  connection.onShutdown(() => engine.host.unload());
  endWithParent();
  documents.listen(connection);
  connection.listen();
}

function logLine(
  console: { error(text: string): void; warn(text: string): void; info(text: string): void; debug(text: string): void },
  level: string,
  message: string,
): void {
  const text = message.trimEnd();
  if (level === 'fatal' || level === 'error') console.error(text);
  else if (level === 'warn') console.warn(text);
  else console.debug(text);
}
