import type { EditVerdict } from '../../protocol/edit.js';
import type { EngineErrorData } from '../../protocol/errors.js';

/** Why an edit can't be made, and what to do. */
export function editSentence(reason: (EngineErrorData & { kind: 'editImpossible' })['reason']): string {
  switch (reason) {
    case 'noDocument':
      return 'The server doesn’t have this document open; it may be too large. Reopen it, or try a smaller one.';
    case 'documentChanged':
      return 'The text changed while the model was writing, so nothing was replaced. Try again.';
    case 'emptyRegion':
      return 'There is no code at the cursor. Move the cursor to code, or select some.';
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
  const undo = 'Check it carefully; undo reverts it.';
  switch (verdict.reason) {
    case 'shorter':
      return `The new version is much shorter than the old one. ${undo}`;
    case 'unbalanced':
      return `The brackets in the new version don't match. ${undo}`;
    case 'unfinished':
      return `The new version is cut off at the end. ${undo}`;
    case 'syntax':
      return `The new version has a syntax error. ${undo}`;
  }
}
