import * as vscode from 'vscode';
import type { ModelChange } from '../../protocol/status.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { chooseModel } from '../failureText.js';
import { runAction } from '../guard.js';

/** Says when the automatic choice takes another model than the last time: it never changes without a word. */
export class ChangeNotice extends Disposables {
  private readonly told = new Set<string>();

  constructor(engine: EngineClient) {
    super();
    this.own(
      engine.onDidChangeState((state) => {
        if (state.kind !== 'running' || state.status.kind !== 'ready') return;
        for (const change of state.status.changes ?? []) void this.tell(change);
      }),
    );
  }

  private async tell({ role, from, to }: ModelChange): Promise<void> {
    const message =
      role === 'completion'
        ? vscode.l10n.t('Ghost text now uses {0} instead of {1}: it suits this machine best.', to, from)
        : vscode.l10n.t('Chat and fixes now use {0} instead of {1}: it suits this machine best.', to, from);
    if (this.told.has(message)) return;
    this.told.add(message);
    const actions = [chooseModel()];
    await runAction(
      actions,
      await vscode.window.showInformationMessage(message, ...actions.map(({ title }) => title)),
    );
  }
}
