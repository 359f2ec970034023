import * as vscode from 'vscode';
import { StartServerRequest, StopServerRequest } from '../../protocol/server.js';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { readSetting } from '../settings.js';

/** The engine's HTTP server, for a browser and other programs on this machine. */
export class ServerCommands extends Disposables {
  readonly commands: FeatureCommands<'youtu.server.start' | 'youtu.server.stop'> = {
    'youtu.server.start': () => this.start(),
    'youtu.server.stop': () => this.stop(),
  };

  constructor(private readonly engine: EngineClient) {
    super();
    // The server ends with the engine's process.
    this.own(
      engine.onDidChangeState(({ kind }) => {
        if (kind !== 'running') void this.show(false);
      }),
    );
  }

  private async start(): Promise<void> {
    const params = { host: readSetting('server.host'), port: readSetting('server.port') };
    const { url } = await this.engine.request(StartServerRequest, params, never());
    await this.show(true);
    const open = vscode.l10n.t('Open in Browser');
    const copy = vscode.l10n.t('Copy Address');
    const message = vscode.l10n.t('The Youtu Code server is running at {0}.', url);
    const answer = await vscode.window.showInformationMessage(message, open, copy);
    if (answer === open) await vscode.env.openExternal(vscode.Uri.parse(url));
    if (answer === copy) await vscode.env.clipboard.writeText(url);
  }

  private async stop(): Promise<void> {
    // Asking an engine that doesn't run would start it.
    const wasOpen =
      this.engine.state.kind === 'running' && (await this.engine.query(StopServerRequest, never()));
    await this.show(false);
    const message = wasOpen
      ? vscode.l10n.t('The server has stopped.')
      : vscode.l10n.t('No server was running.');
    void vscode.window.showInformationMessage(message);
  }

  /** Whether the palette offers to stop it. */
  private async show(isRunning: boolean): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'youtu.serverRunning', isRunning);
  }
}

function never(): vscode.CancellationToken {
  return new vscode.CancellationTokenSource().token;
}
