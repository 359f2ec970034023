import * as vscode from 'vscode';
import { Commands } from './commands.js';
import { GhostText } from './completion/ghostText.js';
import { CrashNotice } from './crashNotice.js';
import { EngineClient } from './engineClient.js';
import { StarterOffer } from './models/offerStarter.js';
import { StatusItem } from './status/statusItem.js';

let engine: EngineClient | undefined;

/** Builds the extension's parts and connects them; nothing else. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Youtu Code', { log: true });
  engine = new EngineClient(context.asAbsolutePath('dist/engine/main.mjs'), log);
  context.subscriptions.push(
    log,
    engine,
    new StatusItem(engine),
    new CrashNotice(engine),
    new StarterOffer(engine, context.globalState),
    new GhostText(engine, log),
    new Commands(engine, log),
  );
}

/** VS Code waits for this: the process is gone when the window is. */
export async function deactivate(): Promise<void> {
  await engine?.stop();
}
