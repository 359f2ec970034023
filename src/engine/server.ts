import {
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { GrownNotification } from '../protocol/completion.js';
import { SettingsNotification } from '../protocol/settings.js';
import { ReportRequest, StatusNotification } from '../protocol/status.js';
import { CATALOGUE } from './catalogue/catalogue.js';
import { sourcesFor } from './catalogue/download/sources.js';
import { Downloader } from './catalogue/downloader.js';
import { InstalledModels } from './catalogue/installedModels.js';
import { registerModelRequests } from './catalogue/modelRequests.js';
import { modelsFolder } from './catalogue/modelsFolder.js';
import { registerChat } from './chat/chatRequests.js';
import { registerCompletion } from './completion/completionRequests.js';
import { registerEdit } from './edit/editRequests.js';
import { ProjectContext } from './completion/project/projectContext.js';
import { ProjectSurroundings } from './completion/project/projectSurroundings.js';
import { SyntaxTrees } from './syntax/syntaxTrees.js';
import { checkedSettings } from './checkedSettings.js';
import { Engine } from './engine.js';
import { endWithParent } from './endWithParent.js';

/** The engine as a language server, over the transport that the arguments name (`--node-ipc`, `--stdio`). */
export function serve(version: string): void {
  const connection = createConnection(ProposedFeatures.all);
  const documents = new TextDocuments(TextDocument);
  const folder = (): string => modelsFolder(engine.settings.modelsFolder);
  const installed = new InstalledModels(CATALOGUE, folder);
  const trees = new SyntaxTrees(undefined, (message) => connection.console.debug(message));
  const project = new ProjectContext(documents, trees);
  const surroundings = new ProjectSurroundings(documents, project, trees);
  const engine = new Engine({
    surroundings,
    store: installed,
    onStatus: (status) => void connection.sendNotification(StatusNotification, status),
    log: (level, message) => logLine(connection.console, level, message),
    onGrown: (uri, position) =>
      void connection.sendNotification(GrownNotification, { textDocument: { uri }, position }),
  });
  const downloader = new Downloader({ folder, sources: () => sourcesFor(engine.settings.sources) });

  connection.onInitialize(async ({ initializationOptions, workspaceFolders, ...params }) => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- some clients send nothing else
    const { rootUri } = params;
    project.setFolders(workspaceFolders?.map(({ uri }) => uri) ?? (rootUri == null ? [] : [rootUri]));
    await engine.configure(checkedSettings(initializationOptions));
    return { capabilities: CAPABILITIES, serverInfo: { name: 'youtu', version } };
  });
  connection.onNotification(SettingsNotification, (changed) => engine.configure(checkedSettings(changed)));
  connection.onRequest(ReportRequest, () => engine.report(folder()));
  registerCompletion(connection, documents, engine.completion, {
    settings: () => engine.settings,
    surroundings,
  });
  registerChat(connection, engine.chat);
  registerEdit(connection, documents, engine.edit);
  registerModelRequests(connection, {
    catalogue: CATALOGUE,
    installed,
    downloader,
    onDidChangeModels: () => engine.modelsChanged(),
  });
  connection.onShutdown(() => engine.host.unload());
  endWithParent();
  documents.listen(connection);
  connection.listen();
}

const CAPABILITIES: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  inlineCompletionProvider: true,
};

function logLine(
  console: {
    error(text: string): void;
    warn(text: string): void;
    info(text: string): void;
    debug(text: string): void;
  },
  level: string,
  message: string,
): void {
  const text = message.trimEnd();
  if (level === 'fatal' || level === 'error') console.error(text);
  else if (level === 'warn') console.warn(text);
  else console.debug(text);
}
