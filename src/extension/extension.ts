import * as vscode from 'vscode';
import { ReportRequest, type EngineReport } from '../protocol/status.js';
import { BenchmarkCommand } from './benchmark/benchmarkCommand.js';
import { workspacePrompt } from './chat/askAboutPrompt.js';
import { Chat } from './chat/chat.js';
import type { WorkspacePrompt } from './chat/workspacePrompt.js';
import { CommandLineFeature } from './commandLine/commandLineFeature.js';
import { ClipboardReports } from './completion/clipboardReports.js';
import { CompletionGate } from './completion/completionGate.js';
import { toggleCompletion } from './completion/completionSwitches.js';
import { CursorReports } from './completion/cursorReports.js';
import { DiagnosticsReports } from './completion/diagnosticsReports.js';
import { GhostText } from './completion/ghostText.js';
import { WhyCommand } from './completion/whyCommand.js';
import { EditFeature } from './edit/editFeature.js';
import type { EngineState } from './engine/engineClient.js';
import { EngineProcess } from './engine/engineProcess.js';
import { registerCommands } from './guard.js';
import { Models } from './models/models.js';
import { RemoteFeature } from './remote/remoteFeature.js';
import { ServerCommands } from './server/serverCommands.js';
import { engineSettings, SettingsCheck } from './settings.js';
import { ChangeNotice } from './status/changeNotice.js';
import { CrashNotice } from './status/crashNotice.js';
import { DeviceNotice } from './status/deviceNotice.js';
import { SkippedNotice } from './status/skippedNotice.js';
import { StatusItem } from './status/statusItem.js';
import { TerminalFeature } from './terminal/terminalFeature.js';

let running: { readonly engine: EngineProcess; readonly chat: Chat } | undefined;

/** What other extensions, and tests, get from `activate`. */
export interface YoutuApi {
  readonly state: EngineState;
  /** What runs where. Starts the engine if it isn't running. */
  report(): Promise<EngineReport>;
}

/** Builds the extension's parts and connects them; nothing else. */
export function activate(context: vscode.ExtensionContext): YoutuApi {
  const log = vscode.window.createOutputChannel('Youtu Code', { log: true });
  const prompt: WorkspacePrompt = workspacePrompt(context.globalState, () => engine.sendSettings());
  const engine: EngineProcess = new EngineProcess(
    context.asAbsolutePath('dist/engine/main.mjs'),
    log,
    () => engineSettings(prompt.current),
    () => remote.key(),
  );
  const gate = new CompletionGate();
  const ghostText = new GhostText(engine, gate, log, context.extension.id);
  const models = new Models(engine, { memory: context.globalState, secrets: context.secrets }, log);
  const chat = new Chat(context, engine, models, prompt, log);
  const edit = new EditFeature(engine, log, chat, context.globalState);
  const terminal = new TerminalFeature(log, chat);
  const commandLine = new CommandLineFeature(
    {
      main: context.asAbsolutePath('dist/cli/main.mjs'),
      storage: context.globalStorageUri.fsPath,
      memory: context.globalState,
    },
    log,
  );
  const server = new ServerCommands(engine);
  const remote: RemoteFeature = new RemoteFeature(context, engine, log);
  const benchmark = new BenchmarkCommand(engine);
  const why = new WhyCommand(engine, gate, ghostText);
  running = { engine, chat };
  context.subscriptions.push(
    log,
    engine,
    gate,
    new SettingsCheck(log),
    models,
    new StatusItem(engine, gate, models),
    new CrashNotice(engine),
    new SkippedNotice(engine),
    new DeviceNotice(engine, context.globalState),
    new ChangeNotice(engine),
    ghostText,
    new CursorReports(engine, gate),
    new DiagnosticsReports(engine, gate),
    new ClipboardReports(engine, gate),
    chat,
    edit,
    terminal,
    server,
    remote,
    commandLine,
    registerCommands(log, {
      ...edit.commands,
      ...terminal.commands,
      ...chat.commands,
      ...server.commands,
      ...models.commands,
      ...remote.commands,
      ...commandLine.commands,
      'youtu.commitMessage': async (argument) =>
        (await import('./commit/commitMessage.js')).writeCommitMessage(engine, log, argument),
      'youtu.rename': async () => (await import('./rename/rename.js')).renameSymbol(engine),
      'youtu.completion.toggle': toggleCompletion,
      'youtu.completion.why': () => why.run(),
      'youtu.engine.restart': () => engine.restart(),
      'youtu.engine.showLog': () => log.show(true),
      'youtu.engine.status': async () =>
        (await import('./status/statusMenu.js')).showStatusMenu(engine, gate, models),
      'youtu.benchmark': () => benchmark.run(),
    }),
  );
  models.start();
  commandLine.start();
  return {
    get state() {
      return engine.state;
    },
    report: () => engine.query(ReportRequest, new vscode.CancellationTokenSource().token),
  };
}

/** VS Code waits for this: chats are saved, and the process has ended, before the window closes. */
export async function deactivate(): Promise<void> {
  await running?.chat.close();
  await running?.engine.shutDown();
}
