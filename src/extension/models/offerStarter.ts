import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';
import { runOwnCommand } from '../guard.js';
import type { EngineClient } from '../engine/engineClient.js';

const OFFERED = 'youtu.starterOffered';
/** The catalogue's starter; its name is part of the public surface. */
export const STARTER = 'qwen2.5-coder-0.5b';

/** Offers the starter model the first time that the engine finds none; once, since a refusal is an answer. */
export class StarterOffer extends Disposables {
  constructor(
    engine: EngineClient,
    private readonly memory: vscode.Memento,
  ) {
    super();
    this.own(
      engine.onDidChangeState((state) => {
        if (state.kind === 'running' && state.status.kind === 'noModel') void this.offer();
      }),
    );
  }

  private async offer(): Promise<void> {
    if (this.memory.get<boolean>(OFFERED) === true) return;
    await this.memory.update(OFFERED, true);
    const download = vscode.l10n.t('Download');
    const choose = vscode.l10n.t('Choose Another');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Youtu Code needs a model. The starter model (Qwen2.5-Coder 0.5B, 491 MB, Apache-2.0) runs on this machine, and nothing you write leaves it.',
      ),
      download,
      choose,
    );
    if (answer === download) await runOwnCommand('youtu.model.download', STARTER);
    else if (answer === choose) await runOwnCommand('youtu.model.select');
  }
}
