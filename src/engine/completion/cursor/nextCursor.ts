import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionRequest } from '../completionTypes.js';
import { automaticGate, isUnsupportedPosition } from '../trigger/triggerGate.js';
import { contextOf } from './completionContext.js';
import { cursorContextAt, type CursorContext } from './cursorContext.js';

/** Milliseconds after a request within which a key is taken to be followed by the next request. */
const STILL_TYPING_MS = 1500;
/** A longer change is more than a key and what an editor adds to it, and doesn't tell where the cursor is. */
const MAX_KEY_LENGTH = 40;
const PAIR = /^(?:\(\)|\[\]|\{\}|''|""|``)$/;

/**
 * Where the next request will come from after a key. An editor waits before it asks; where it is sure to ask,
 * decoding can begin with the key.
 * @param last the request before the key
 * @param ageMs how many milliseconds ago that was made
 * @returns `undefined` where this can't be told
 */
export function nextCursor(
  last: CompletionRequest,
  ageMs: number,
  document: TextDocument,
): CursorContext | undefined {
  if (last.cursor.uri !== document.uri || ageMs > STILL_TYPING_MS) return undefined;
  if (last.options.isInvoked || last.cursor.isVirtual) return undefined;
  const position = cursorAfterKey(last.cursor, document);
  if (position === undefined || isUnsupportedPosition(document, position)) return undefined;
  const cursor = cursorContextAt(document, position, undefined, last.options.earlierText);
  return automaticGate(contextOf(cursor)) === undefined ? cursor : undefined;
}

/** After what was typed, and inside a pair of brackets that the editor has closed; `undefined` for another change. */
function cursorAfterKey(cursor: CursorContext, document: TextDocument): Position | undefined {
  const text = document.getText();
  const end = text.length - cursor.remaining;
  const start = document.offsetAt({ line: cursor.line, character: cursor.character });
  const typed = end - start;
  if (typed === 0 || typed > MAX_KEY_LENGTH || typed < -MAX_KEY_LENGTH || end < 0) return undefined;
  if (text.slice(end, end + 80) !== documentAfter(cursor, text.slice(end, end + 80))) return undefined;
  return document.positionAt(PAIR.test(text.slice(end - 2, end)) && typed <= 2 ? end - 1 : end);
}

/** The text after the cursor as the file has it, with its own line breaks. */
function documentAfter({ after }: CursorContext, like: string): string {
  const text = like.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after;
  return text.slice(0, like.length);
}
