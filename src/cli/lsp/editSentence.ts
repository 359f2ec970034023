import type { EditVerdict } from '../../protocol/edit.js';
import type { EngineErrorData } from '../../protocol/errors.js';

/** Why an edit can't be made, and what to do. */
export function editSentence(reason: (EngineErrorData & { kind: 'editImpossible' })['reason']): string {
  switch (reason) {
    case 'noDocument':
      return 'This document is not open here (it may be too large). Open it again, or a smaller one.';
    case 'documentChanged':
      return 'The text was changed while the model was writing, so nothing was replaced. Try again.';
    case 'emptyRegion':
      return 'There is no code at the cursor. Put it on code, or select some.';
    case 'regionTooLong':
      return 'The code around the cursor is too long for the model. Select a smaller part.';
    case 'noSymbol':
      return 'There is no function, class or variable at the cursor to document.';
    case 'noChange':
      return 'The model found nothing to change here.';
  }
}

/** What to be careful about in an edit that was made; nothing, where nothing is known against it. */
export function doubtSentence(verdict: EditVerdict): string | undefined {
  if (verdict.kind !== 'doubtful') return undefined;
  const undo = 'Look closely; undo takes it back.';
  switch (verdict.reason) {
    case 'shorter':
      return `The new version is much shorter than the old one. ${undo}`;
    case 'unbalanced':
      return `The brackets of the new version don't match. ${undo}`;
    case 'unfinished':
      return `The new version was cut off at its end. ${undo}`;
    case 'syntax':
      return `The new version has a syntax error. ${undo}`;
  }
}
