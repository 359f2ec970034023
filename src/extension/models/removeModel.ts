import * as vscode from 'vscode';
import { ModelListRequest, ModelRemoveRequest } from '../../protocol/model.js';
import type { EngineClient } from '../engine/engineClient.js';
import { bytes } from './modelFileText.js';

/** Deletes an installed model, or what is left of an unfinished download, after asking. */
export async function removeModel(engine: EngineClient): Promise<void> {
  const source = new vscode.CancellationTokenSource();
  try {
    const entries = await engine.query(ModelListRequest, source.token);
    const here = entries.filter(({ isInstalled, partialBytes }) => isInstalled || partialBytes > 0);
    if (here.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no downloaded model to remove.'));
      return;
    }
    const items = here.map(({ id, name, isInstalled, sizeBytes, partialBytes }) => ({
      label: name,
      description: isInstalled ? bytes(sizeBytes) : vscode.l10n.t('{0}, incomplete', bytes(partialBytes)),
      id,
    }));
    const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Remove a model') });
    if (picked === undefined) return;
    const remove = vscode.l10n.t('Remove');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove {0} from this machine?', picked.label),
      { modal: true },
      remove,
    );
    if (answer === remove) await engine.request(ModelRemoveRequest, { id: picked.id }, source.token);
  } finally {
    source.dispose();
  }
}
