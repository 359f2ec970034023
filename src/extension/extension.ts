import * as vscode from 'vscode';
import { ReportRequest, type EngineReport } from '../protocol/status.js';
import { BenchmarkCommand } from './benchmark/benchmarkCommand.js';
import { Chat } from './chat/chat.js';
import { Commands } from './commands.js';
import { ClipboardReports } from './completion/clipboardReports.js';
import { CompletionGate } from './completion/completionGate.js';
import { CursorReports } from './completion/cursorReports.js';
import { DiagnosticsReports } from './completion/diagnosticsReports.js';
import { GhostText } from './completion/ghostText.js';
import { CrashNotice } from './engine/crashNotice.js';
import { EditFeature } from './edit/editFeature.js';
import type { EngineState } from './engine/engine.js';
import { EngineClient } from './engine/engineClient.js';
import { StarterOffer } from './models/offerStarter.js';
import { ServerCommands } from './server/serverCommands.js';
import { StatusItem } from './status/statusItem.js';

let running: { readonly engine: EngineClient; readonly chat: Chat } | undefined;

/** What other extensions, and tests, get from `activate`. */
export interface YoutuApi {
  readonly state: EngineState;
  /** What runs where. Starts the engine if it doesn't run. */
  report(): Promise<EngineReport>;
}

/** Builds the extension's parts and connects them; nothing else. */
export function activate(context: vscode.ExtensionContext): YoutuApi {
  const log = vscode.window.createOutputChannel('Youtu Code', { log: true });
  const engine = new EngineClient(context.asAbsolutePath('dist/engine/main.mjs'), log);
  const chat = new Chat(context, engine, log);
  const gate = new CompletionGate();
  running = { engine, chat };
  context.subscriptions.push(
    log,
    engine,
    new StatusItem(engine, gate),
    new CrashNotice(engine),
    new StarterOffer(engine, context.globalState),
    gate,
    new GhostText(engine, gate, log, context.extension.id),
    new CursorReports(engine, gate),
    new DiagnosticsReports(engine, gate),
    new ClipboardReports(engine, gate),
    chat,
    new EditFeature(engine, log, chat),
    new ServerCommands(engine, log),
    new BenchmarkCommand(engine, log),
    new Commands(engine, gate, log),
  );
  return {
    get state() {
      return engine.state;
    },
    report: () => engine.query(ReportRequest, new vscode.CancellationTokenSource().token),
  };
}

/** VS Code waits for this: what was said is on disk, and the process is gone, when the window is. */
export async function deactivate(): Promise<void> {
  await running?.chat.close();
  await running?.engine.stop();
}
