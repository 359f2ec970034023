import { l10n, type TextDocument } from 'vscode';
import { readSetting } from '../settings.js';
import type { GateState } from './completionGate.js';

/** In a sentence, whether ghost text is on in a document; `undefined` where it isn't expected. */
export function gateSentence(state: GateState, { languageId }: TextDocument): string | undefined {
  switch (state) {
    case 'open':
      return l10n.t('Ghost text is on for {0}.', languageId);
    case 'off':
      return readSetting('completion.enabled')
        ? l10n.t('Ghost text is off for {0}.', languageId)
        : l10n.t('Ghost text is off.');
    case 'excluded':
      return l10n.t('Ghost text is off in this file because it matches youtu.completion.exclude.');
    case 'secretFile':
      return secretFileSentence();
    case 'untrusted':
      return l10n.t('Ghost text is off in folders that you don’t trust.');
    case 'tooLarge':
      return l10n.t('Ghost text is off in this file because it is too large.');
    case 'notCode':
      return undefined;
  }
}

export function secretFileSentence(): string {
  return l10n.t(
    'Ghost text is off in this file because such files usually hold secrets. To turn it on, add a pattern that starts with “!” to youtu.completion.exclude.',
  );
}
