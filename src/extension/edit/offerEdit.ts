import * as vscode from 'vscode';
import type { EditDoubt, EditIntent, EditVerdict } from '../../protocol/edit.js';

/** Asks what is to become of an edit that is ready, without standing in the way. */
export async function offerEdit(
  intent: EditIntent,
  verdict: EditVerdict,
): Promise<'apply' | 'discard' | undefined> {
  const apply = vscode.l10n.t('Apply');
  const discard = vscode.l10n.t('Discard');
  const answer =
    verdict.kind === 'doubtful'
      ? await vscode.window.showWarningMessage(doubt(verdict.reason), apply, discard)
      : await vscode.window.showInformationMessage(ready(intent), apply, discard);
  return answer === apply ? 'apply' : answer === discard ? 'discard' : undefined;
}

function ready(intent: EditIntent): string {
  return intent === 'fix'
    ? vscode.l10n.t('The fix is ready. Review it before you apply it.')
    : vscode.l10n.t('The documentation is ready. Review it before you apply it.');
}

function doubt(reason: EditDoubt): string {
  switch (reason) {
    case 'shorter':
      return vscode.l10n.t(
        'The new version is much shorter than the old one. Check it carefully before you apply it.',
      );
    case 'unbalanced':
      return vscode.l10n.t(
        'The brackets in the new version don’t match. Check it carefully before you apply it.',
      );
    case 'unfinished':
      return vscode.l10n.t('The new version is cut off at the end. Check it carefully before you apply it.');
    case 'syntax':
      return vscode.l10n.t('The new version has a syntax error. Look closely before you apply it.');
  }
}
