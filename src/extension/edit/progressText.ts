import { l10n } from 'vscode';
import type { EditIntent, EditOrigin, EditProgress } from '../../protocol/edit.js';

/** What is being done, for the user who waits; `undefined` when that doesn't change. */
export function progressText(progress: EditProgress, intent: EditIntent): string | undefined {
  switch (progress.kind) {
    case 'region':
      return undefined;
    case 'candidate':
      return candidateText(progress.origin, progress.round);
    case 'draft':
      return intent === 'document' ? l10n.t('The model is writing') : undefined;
    case 'check':
      return l10n.t('Checking the new version');
    case 'symbol':
      return l10n.t('{0} of {1}: {2}', progress.index, progress.count, progress.name);
  }
}

function candidateText(origin: EditOrigin, round: number): string {
  switch (origin) {
    case 'quickFix':
      return l10n.t('Checking the editor’s own quick fixes');
    case 'import':
      return l10n.t('Looking for a missing import');
    case 'spelling':
      return l10n.t('Looking for a misspelt name');
    case 'syntax':
      return l10n.t('Looking for a missing bracket, quote or sign');
    case 'compiler':
      return l10n.t('Checking what the compiler suggests');
    case 'model':
      return round === 1
        ? l10n.t('The model is writing')
        : l10n.t('The model is writing, attempt {0}', round);
  }
}
