import { placeAt, type Place, type SelectedItem } from '../../../../src/engine/completion/place.js';
import { documentAt } from '../support.js';

/** The place at `▮`. */
export function placeOf(marked: string, languageId = 'typescript', selected?: SelectedItem): Place {
  const { document, offset } = documentAt(marked, languageId);
  return placeAt(document, document.positionAt(offset), selected);
}
