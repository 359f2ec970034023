import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';
import { runOwnCommand } from '../guard.js';
import type { EngineClient } from '../engine/engineClient.js';

/** Shows a message when the engine stays stopped after too many crashes. Other crashes show only in the status item. */
export class CrashNotice extends Disposables {
  constructor(engine: EngineClient) {
    super();
    let wasCrashed = false;
    this.own(
      engine.onDidChangeState(({ kind }) => {
        if (kind === 'crashed' && !wasCrashed) void this.show();
        wasCrashed = kind === 'crashed';
      }),
    );
  }

  private async show(): Promise<void> {
    const restart = vscode.l10n.t('Restart Engine');
    const log = vscode.l10n.t('Show Log');
    const answer = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        'Youtu Code’s engine stopped several times in a row and won’t restart automatically. See the log for the cause.',
      ),
      restart,
      log,
    );
    if (answer === restart) await runOwnCommand('youtu.engine.restart');
    else if (answer === log) await runOwnCommand('youtu.engine.showLog');
  }
}
