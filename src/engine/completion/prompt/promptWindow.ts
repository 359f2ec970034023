import { lineAround, type CursorContext } from '../cursor/cursorContext.js';
import type { Snippet } from '../context/fileSnippets.js';
import type { TextBudget } from './contextBudget.js';

/**
 * Lines between the anchor and the cursor's line when a window is made. A model that sees some of the middle's own
 * lines goes on with them better than with the cursor's line alone (docs/benchmarks.md).
 */
const ANCHOR_LINES = 8;
/** Most characters between the anchor and the cursor before the window is made anew. */
const MAX_MIDDLE_LENGTH = 2400;
/** An old text after the cursor is kept while it begins as the one of now. */
const SAME_SUFFIX = 120;
/** A window that moves on with the cursor keeps its beginning until it is larger than a new one by so much. */
const GROWN = 4 / 3;
/** What an editor closes by itself. */
const ONLY_CLOSERS = /^[\s)\]}>"'`;,]*$/;

/**
 * The part of a prompt that stays the same from key to key: the text above an anchor line and the text after the
 * cursor. What lies between the anchor and the cursor is what a key changes, and the only thing evaluated anew.
 */
export interface PromptWindow {
  readonly uri: string;
  /** The first line that is shown. */
  readonly startLine: number;
  /** The line from which on text belongs to the prompt's end. */
  readonly anchorLine: number;
  /** Lines up to the anchor. */
  readonly above: string;
  /** Text after the cursor; the rest of the cursor's line only where it is more than closing brackets. */
  readonly suffix: string;
  /** Imports of the file, where the lines above don't reach up to them. */
  readonly imports: string;
  /** Parts of other files. */
  readonly snippets: readonly Snippet[];
  /** What they were given. */
  readonly snippetCharacters: number;
  /** Whether it has as much text as idle time evaluates. */
  readonly isWide: boolean;
}

/** What goes into a window besides the text around the cursor. */
export type AroundText = Pick<PromptWindow, 'imports' | 'snippets' | 'isWide'>;

/** Characters of a window's text. */
export function shownCharacters({ above, suffix, imports, snippets }: PromptWindow): number {
  return snippets.reduce((sum, { text }) => sum + text.length, above.length + suffix.length + imports.length);
}

/** The text between the anchor and the cursor; `undefined` when the window isn't one for this place. */
export function middleIn(window: PromptWindow, place: CursorContext): string | undefined {
  if (window.uri !== place.uri) return undefined;
  const anchor = lineStart(place, window.anchorLine);
  if (anchor === undefined || place.before.length - anchor > MAX_MIDDLE_LENGTH) return undefined;
  if (!place.before.slice(0, anchor).endsWith(window.above)) return undefined;
  if (!isLike(window.suffix, suffixOf(place))) return undefined;
  return place.before.slice(anchor);
}

/** As much of the line before the cursor as a middle may have. */
export function endOfLine({ before, character }: CursorContext): string {
  return character === 0 ? '' : before.slice(-Math.min(character, MAX_MIDDLE_LENGTH));
}

/**
 * A window made anew, anchored some lines above the cursor.
 * @param before the window of this document that was used last: its beginning is kept where it can be, since a
 * prompt that begins otherwise finds nothing in the cache
 */
export function windowAt(
  place: CursorContext,
  budget: TextBudget,
  around: AroundText,
  before?: PromptWindow,
): PromptWindow {
  const firstLine = place.line - countBreaks(place.before);
  const anchorLine = anchorLineOf(place, firstLine);
  const anchor = lineStart(place, anchorLine) ?? 0;
  const upToAnchor = place.before.slice(0, anchor);
  const kept = before === undefined ? undefined : lineStart(place, Math.max(firstLine, before.startLine));
  const isFitting = kept !== undefined && kept <= anchor && anchor - kept <= budget.prefixCharacters * GROWN;
  const isEnough = isFitting && (kept === 0 || anchor - kept >= budget.prefixCharacters / 3);
  const start = isEnough ? kept : windowStart(upToAnchor, budget.prefixCharacters);
  const above = upToAnchor.slice(start);
  return {
    uri: place.uri,
    startLine: firstLine + countBreaks(upToAnchor.slice(0, start)),
    anchorLine,
    above,
    suffix: cutSuffix(suffixOf(place), budget.suffixCharacters),
    imports: start === 0 && firstLine === 0 ? '' : around.imports,
    snippets: around.snippets,
    snippetCharacters: budget.snippetCharacters,
    isWide: around.isWide,
  };
}

/** Lines that are too long for a middle belong to the text above. */
function anchorLineOf(place: CursorContext, firstLine: number): number {
  let anchorLine = Math.max(firstLine, place.line - ANCHOR_LINES);
  while (
    anchorLine < place.line &&
    place.before.length - (lineStart(place, anchorLine) ?? 0) > MAX_MIDDLE_LENGTH
  )
    anchorLine++;
  return anchorLine;
}

/** Closing brackets behind the cursor come and go as the user types; the rules keep them from being doubled. */
function suffixOf(place: CursorContext): string {
  const { suffix } = lineAround(place);
  return ONLY_CLOSERS.test(suffix) ? place.after.slice(suffix.length) : place.after;
}

/** Where the lines that fit begin: at a top-level line after a blank one if there is one within the first third. */
function windowStart(above: string, size: number): number {
  if (above.length <= size) return 0;
  const earliest = above.indexOf('\n', above.length - size - 1) + 1;
  if (earliest === 0) return above.length - size;
  const border = /\n\n(?=\S)/g;
  border.lastIndex = Math.max(0, earliest - 2);
  const found = border.exec(above);
  return found !== null && found.index + 2 - earliest < size / 3 ? found.index + 2 : earliest;
}

/** The one that a window has may have been cut by its budget. */
function isLike(kept: string, now: string): boolean {
  const head = kept.slice(0, SAME_SUFFIX);
  return head.length >= SAME_SUFFIX / 3 ? now.startsWith(head) : now === kept;
}

function cutSuffix(suffix: string, size: number): string {
  if (suffix.length <= size) return suffix;
  const end = suffix.lastIndexOf('\n', size - 1);
  return end > 0 ? suffix.slice(0, end + 1) : suffix.slice(0, size);
}

function lineStart({ before, line, character }: CursorContext, wanted: number): number | undefined {
  if (wanted > line) return undefined;
  let start = before.length - character;
  for (let at = line; at > wanted; at--) {
    if (start === 0) return undefined;
    start = before.lastIndexOf('\n', start - 2) + 1;
  }
  return start;
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}
