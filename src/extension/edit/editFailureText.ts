import { l10n } from 'vscode';
import type { EngineErrorData } from '../../protocol/errors.js';
import { noFixSentence } from './verdictText.js';

/** The sentence for an edit that can't be made. */
export function editSentence(data: EngineErrorData & { kind: 'editImpossible' }): string {
  switch (data.reason) {
    case 'noDocument':
      return l10n.t(
        'The engine doesn’t have this document open; it may be too large. Reopen it, or try a smaller one.',
      );
    case 'documentChanged':
      return l10n.t('The text changed before the model could start. Try again.');
    case 'emptyRegion':
      return l10n.t('There is no code at the cursor. Move the cursor to code, or select some.');
    case 'regionTooLong':
      return l10n.t('The code around the cursor is too long for the model. Select a smaller part.');
    case 'noSymbol':
      return l10n.t('There is no function, class or variable at the cursor to document.');
    case 'noComments':
      return l10n.t(
        'Nothing was written, because it isn’t known how this language writes comments. Set the file’s language if it is another one.',
      );
    case 'allDocumented':
      return l10n.t('Nothing to document: each function and type has a comment.');
    case 'noTestable':
      return l10n.t('There is no function or class at the cursor that a test could call.');
    case 'notReachable':
      return l10n.t(
        'A test can’t get at this: it is private, or its file doesn’t export it. Export it, or test what calls it.',
      );
    case 'noTestFramework':
      return l10n.t(
        'No test framework was found in the project’s manifest (such as package.json, pyproject.toml, go.mod or pom.xml). Add one, for example Vitest, pytest or JUnit.',
      );
    case 'testFileOutside':
      return l10n.t(
        'The tests would be written out of this project, because a link leads there. Replace the link by a file or folder.',
      );
    case 'testFileUnreadable':
      return l10n.t(
        'The file with the tests is there, but can’t be read, or it is excluded by youtu.completion.exclude or a name that secrets have.',
      );
    case 'noChange':
      return l10n.t('The model found nothing to change here.');
    case 'noInstruction':
      return l10n.t('Nothing was changed, because no instruction was given.');
    case 'instructionTooLong':
      return l10n.t('The instruction is too long for the model. Use a shorter one.');
    case 'noName':
      return l10n.t('There is no name at the cursor. Put the cursor on one.');
    case 'noNames':
      return l10n.t('The model found no other name that is free here. Try again, or use a larger model.');
    case 'noFix':
      return noFixSentence(data.objection);
  }
}
