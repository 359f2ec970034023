import {
  cursorContextAt,
  type CursorContext,
  type SelectedItem,
} from '../../../../../src/engine/completion/cursor/cursorContext.js';
import { documentAt } from './cursorMark.js';

/** The cursor context at `▮`. */
export function cursorOf(marked: string, languageId = 'typescript', selected?: SelectedItem): CursorContext {
  const { document, offset } = documentAt(marked, languageId);
  return cursorContextAt(document, document.positionAt(offset), selected);
}
