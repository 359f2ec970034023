import type { Duplex } from 'node:stream';
import {
  createConnection,
  PositionEncodingKind,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ExtendedNotification } from '../../protocol/completion.js';
import { RemoteKeyNotification, SettingsNotification } from '../../protocol/settings.js';
import { ReportRequest } from '../../protocol/status.js';
import { registerBenchmark } from '../bench/benchmarkRequests.js';
import { CATALOGUE } from '../catalogue/catalogue.js';
import { sourcesFor } from '../catalogue/download/sources.js';
import { Downloader } from '../catalogue/downloader.js';
import { HubModels } from '../catalogue/hub/hubModels.js';
import { InstalledModels } from '../catalogue/installedModels.js';
import { registerModelRequests } from '../catalogue/modelRequests.js';
import { machineCheckers } from '../checkers/machineCheckers.js';
import { ProjectExports } from '../edit/fix/imports/projectExports.js';
import { registerChat } from '../chat/chatService.js';
import { registerCompletion } from '../completion/completionRequests.js';
import { registerServer } from '../http/serverRequests.js';
import { registerCommit } from '../edit/commit/commitService.js';
import { registerNames } from '../edit/rename/nameService.js';
import { registerEdit } from '../edit/editRequests.js';
import { registerTests } from '../edit/tests/testRequests.js';
import { filesAround, type ProjectFiles } from '../edit/tests/projectFiles.js';
import { TestService } from '../edit/tests/testService.js';
import { ProjectContext } from '../completion/context/projectContext.js';
import { WorkspaceContextProvider } from '../completion/context/workspaceContextProvider.js';
import { SyntaxTrees } from '../syntax/syntaxTrees.js';
import { standardLanguageId } from '../language/languageOf.js';
import { checkedSettings, remoteKeyIn } from './checkedSettings.js';
import { CurrentSettings } from '../currentSettings.js';
import { Engine } from '../engine.js';
import { endWithParent, Lifecycle } from './lifecycle.js';
import { surviveRejections } from '../endOfProcess.js';
import { extensionAdapter, type CreateClientAdapter, type ClientAdapter } from './clientAdapter.js';

/**
 * The engine as a language server.
 * @param createAdapter for the client at the other end
 * @param socket connected to the client; left out: the transport that the arguments name (`--node-ipc`, `--stdio`)
 */
export function serve(
  version: string,
  createAdapter: CreateClientAdapter = extensionAdapter,
  socket?: Duplex,
): void {
  const lifecycle = new Lifecycle();
  const options = { messageStrategy: lifecycle };
  if (socket === undefined && process.argv.includes('--stdio')) lifecycle.watchInput(process.stdin);
  const connection =
    socket === undefined
      ? createConnection(ProposedFeatures.all, options)
      : createConnection(ProposedFeatures.all, socket, socket, options);
  const client: ClientAdapter = createAdapter(connection);
  const documents = new TextDocuments({
    create: (uri, languageId, version, text) =>
      TextDocument.create(uri, standardLanguageId(languageId, uri, text), version, text),
    update: TextDocument.update,
  });
  const settings = new CurrentSettings();
  const folder = (): string => settings.modelsFolder;
  const installed = new InstalledModels(CATALOGUE, folder);
  const trees = new SyntaxTrees(undefined, (message) => client.log('debug', message));
  const project = new ProjectContext(documents, trees, { exclusions: () => settings.value });
  const contextProvider = new WorkspaceContextProvider(documents, project, trees);
  const checkers = machineCheckers(project.workspace, () => settings.value.typescriptLibrary);
  const projectExports = new ProjectExports(project.files, project.workspace);
  const checks = { syntax: trees, checkers, suggestions: checkers, projectExports };
  const engine = new Engine({
    contextProvider,
    fixChecks: checks,
    settings,
    store: installed,
    onStatus: (status) => client.onStatus(status),
    log: (level, message) => client.log(level, message),
    onDidExtend: (uri, position) =>
      void connection.sendNotification(ExtendedNotification, { textDocument: { uri }, position }),
  });
  const parts = { connection, documents, engine, contextProvider };
  const downloader = new Downloader({ folder, sources: () => sourcesFor(settings.value.sources) });

  const watch = endWithParent(() => engine.hangs.isHung);
  connection.onInitialize(async (params) => {
    if (params.processId !== null) watch.watch(params.processId);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- some clients send nothing else
    const { workspaceFolders, rootUri } = params;
    project.setFolders(workspaceFolders?.map(({ uri }) => uri) ?? (rootUri == null ? [] : [rootUri]));
    engine.remote.setKey(remoteKeyIn(params.initializationOptions));
    await engine.configure(checkedSettings(params.initializationOptions));
    const capabilities = { ...CAPABILITIES, ...client.capabilities(params, parts) };
    return { capabilities, serverInfo: { name: 'youtu', version } };
  });
  connection.onNotification(SettingsNotification, (changed) => engine.configure(checkedSettings(changed)));
  connection.onNotification(RemoteKeyNotification, (params) => engine.remote.setKey(params.key));
  connection.onRequest(ReportRequest, () => engine.report());
  registerCompletion(connection, documents, engine.completion, {
    settings: () => settings.value,
    contextProvider,
    client,
  });
  registerServer(connection, engine, version);
  registerBenchmark(connection, engine, version);
  registerChat(connection, engine.chat);
  registerEdit(connection, documents, engine.edit);
  const { host, decoder, status } = engine;
  const files = (source: string): Promise<ProjectFiles> =>
    filesAround(source, project.workspace, project.gate);
  const tests = new TestService({ host, decoder, status, checks, files });
  registerTests(connection, documents, tests);
  registerCommit(connection, engine.commit);
  registerNames(connection, documents, engine.names);
  registerModelRequests(connection, {
    catalogue: CATALOGUE,
    installed,
    downloader,
    hub: new HubModels({ folder, sources: () => settings.value.sources }),
    fit: (entries) => engine.models.fit(entries),
    probe: () => engine.speed.probe(),
    onDidChangeModels: () => engine.modelsChanged(),
  });
  connection.onShutdown(() => engine.host.unload());
  surviveRejections((message) => client.log('error', message));
  lifecycle.listen(connection);
  documents.listen(connection);
  connection.listen();
}

const CAPABILITIES: ServerCapabilities = {
  positionEncoding: PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  inlineCompletionProvider: true,
};
