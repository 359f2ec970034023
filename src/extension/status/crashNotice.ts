import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';
import { runOwnCommand } from '../guard.js';
import type { EngineClient } from '../engine/engineClient.js';

/** Says when the engine has died for good; a death that it gets over by itself only shows in the status item. */
export class CrashNotice extends Disposables {
  constructor(engine: EngineClient) {
    super();
    let wasCrashed = false;
    this.own(
      engine.onDidChangeState(({ kind }) => {
        if (kind === 'crashed' && !wasCrashed) void this.tell();
        wasCrashed = kind === 'crashed';
      }),
    );
  }

  private async tell(): Promise<void> {
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
