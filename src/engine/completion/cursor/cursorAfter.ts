import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CursorContext } from './cursorContext.js';

/** More than a key, or what an editor adds to one, says nothing about where the cursor is. */
const MAX_KEY_LENGTH = 40;
const PAIR = /^(?:\(\)|\[\]|\{\}|''|""|``)$/;

/**
 * Where the cursor of `place` is after its document has changed by a key: behind what was put in, and inside a pair
 * of brackets that the editor has closed. `undefined` when the change is another one.
 */
export function cursorAfter(place: CursorContext, document: TextDocument): Position | undefined {
  const text = document.getText();
  const end = text.length - place.remaining;
  const start = document.offsetAt({ line: place.line, character: place.character });
  const typed = end - start;
  if (typed === 0 || typed > MAX_KEY_LENGTH || typed < -MAX_KEY_LENGTH || end < 0) return undefined;
  if (text.slice(end, end + 80) !== documentAfter(place, text.slice(end, end + 80))) return undefined;
  return document.positionAt(PAIR.test(text.slice(end - 2, end)) && typed <= 2 ? end - 1 : end);
}

/** The text behind the place as the file writes it: with its own line ends. */
function documentAfter({ after }: CursorContext, like: string): string {
  const text = like.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after;
  return text.slice(0, like.length);
}
