import * as vscode from 'vscode';
import { ModelListRequest, ModelRemoveRequest, type ModelEntry } from '../../protocol/model.js';
import type { EngineClient } from '../engine/engineClient.js';
import { bytes } from './modelFileText.js';

/**
 * Deletes an installed model, or what is left of an unfinished download, after asking.
 * @param entry asked for when absent
 */
export async function removeModel(engine: EngineClient, entry?: ModelEntry): Promise<void> {
  const source = new vscode.CancellationTokenSource();
  try {
    const chosen = entry ?? (await pick(await engine.query(ModelListRequest, source.token)));
    if (chosen === undefined) return;
    const remove = vscode.l10n.t('Remove');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove {0} from this machine?', chosen.name),
      { modal: true, detail: chosen.path ?? '' },
      remove,
    );
    if (answer === remove) await engine.request(ModelRemoveRequest, { id: chosen.id }, source.token);
  } finally {
    source.dispose();
  }
}

async function pick(entries: readonly ModelEntry[]): Promise<ModelEntry | undefined> {
  const here = entries.filter(({ isInstalled, partialBytes }) => isInstalled || partialBytes > 0);
  if (here.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no downloaded model to remove.'));
    return undefined;
  }
  const items = here.map((entry) => ({
    label: entry.name,
    description: entry.isInstalled
      ? bytes(entry.sizeBytes)
      : vscode.l10n.t('{0}, incomplete', bytes(entry.partialBytes)),
    entry,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Remove a model') }))?.entry;
}
