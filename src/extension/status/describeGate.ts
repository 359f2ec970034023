import { l10n, type TextDocument } from 'vscode';
import type { GateState } from '../completion/completionGate.js';
import { readSetting } from '../settings.js';

/** In a sentence, whether ghost text is on in a document; nothing where nobody would expect any. */
export function describeGate(state: GateState, { languageId }: TextDocument): string | undefined {
  switch (state) {
    case 'open':
      return l10n.t('Ghost text is on for {0}.', languageId);
    case 'off':
      return readSetting('completion.enabled')
        ? l10n.t('Ghost text is off for {0}.', languageId)
        : l10n.t('Ghost text is off.');
    case 'excluded':
      return l10n.t('No ghost text in this file: youtu.completion.exclude leaves it out.');
    case 'secretFile':
      return l10n.t(
        'No ghost text in this file: it usually holds secrets. A pattern that begins with “!” in youtu.completion.exclude allows it.',
      );
    case 'untrusted':
      return l10n.t('Ghost text is off in folders that you don’t trust.');
    case 'tooLarge':
      return l10n.t('Ghost text is off in this file because it is too large.');
    case 'notCode':
      return undefined;
  }
}
