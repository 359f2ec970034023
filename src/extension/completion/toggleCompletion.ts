import * as vscode from 'vscode';
import { completionSwitches } from './completionSwitches.js';

/** Asks what to switch, the language at hand or all of it, and does it. */
export async function toggleCompletion(): Promise<void> {
  const switches = completionSwitches(vscode.window.activeTextEditor?.document.languageId);
  const picked = await vscode.window.showQuickPick(switches, { title: vscode.l10n.t('Ghost text') });
  await picked?.turn();
}
