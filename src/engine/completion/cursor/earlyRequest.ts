import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contextOf } from './completionContext.js';
import { cursorAfter } from './cursorAfter.js';
import { isUnsupportedPosition } from '../trigger/isUnsupportedPosition.js';
import { shouldTrigger } from '../trigger/shouldTrigger.js';
import type { Request } from '../generation/generationTask.js';
import { cursorContextAt, type CursorContext } from './cursorContext.js';

/** Milliseconds after a request within which a key is taken to be followed by the next one. */
const STILL_TYPING_MS = 1500;

/**
 * Where the next request will come from, after a key. An editor waits before it asks; where it is sure to ask, the
 * decoding need not wait for that.
 * @param last the request before the key, and how many milliseconds ago it was made
 * @returns `undefined` where nothing is sure
 */
export function earlyPlace(last: Request, ago: number, document: TextDocument): CursorContext | undefined {
  if (last.place.uri !== document.uri || ago > STILL_TYPING_MS) return undefined;
  if (last.options.isInvoked || last.place.isVirtual) return undefined;
  const position = cursorAfter(last.place, document);
  if (position === undefined || isUnsupportedPosition(document, position)) return undefined;
  const place = cursorContextAt(document, position, undefined, last.options.earlierText);
  return shouldTrigger(contextOf(place), false) ? place : undefined;
}
