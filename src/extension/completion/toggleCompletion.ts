import * as vscode from 'vscode';
import { readSetting, SECTION } from '../settings.js';

/** Switches ghost text on or off, for the language at hand or everywhere. */
export async function toggleCompletion(): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  const everywhere = readSetting('completion.enabled');
  const items: (vscode.QuickPickItem & { readonly languageId?: string; readonly value: boolean })[] = [
    {
      label: everywhere ? vscode.l10n.t('Switch off everywhere') : vscode.l10n.t('Switch on everywhere'),
      value: !everywhere,
    },
  ];
  if (languageId !== undefined) {
    const here = readSetting('completion.enabled', { languageId });
    items.unshift({
      label: here
        ? vscode.l10n.t('Switch off for {0}', languageId)
        : vscode.l10n.t('Switch on for {0}', languageId),
      languageId,
      value: !here,
    });
  }
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Ghost text') });
  if (picked === undefined) return;
  const scope = picked.languageId === undefined ? null : { languageId: picked.languageId };
  await vscode.workspace
    .getConfiguration(SECTION, scope)
    .update(
      'completion.enabled',
      picked.value,
      vscode.ConfigurationTarget.Global,
      picked.languageId !== undefined,
    );
}
