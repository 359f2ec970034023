import {
  cursorContextAt,
  type CursorContext,
  type SelectedItem,
} from '../../../../../src/engine/completion/cursor/cursorContext.js';
import { documentAt } from './cursorMark.js';

/** The place at `▮`. */
export function placeOf(marked: string, languageId = 'typescript', selected?: SelectedItem): CursorContext {
  const { document, offset } = documentAt(marked, languageId);
  return cursorContextAt(document, document.positionAt(offset), selected);
}
