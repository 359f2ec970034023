import { lineAround, type CursorContext } from '../cursor/cursorContext.js';
import type { Snippet } from '../context/fileSnippets.js';
import type { TextBudget } from './contextBudget.js';

/**
 * Lines between the anchor and the cursor's line in a new window. A model continues the middle's own lines better
 * than the cursor's line alone (docs/benchmarks.md).
 */
const ANCHOR_LINES = 8;
/** With more characters between the anchor and the cursor a new window is made. */
const MAX_MIDDLE_LENGTH = 2400;
/** The old text after the cursor is kept while so much of its beginning is the same. */
const SAME_SUFFIX = 120;
/** A window that follows the cursor keeps its beginning until it is larger than a new one by this factor. */
const GROWN = 4 / 3;
/** What an editor inserts after the cursor. */
const ONLY_CLOSERS = /^[\s)\]}>"'`;,]*$/;

/**
 * The part of a prompt that stays the same from key to key: the text above an anchor line and the text after the
 * cursor. A key changes only what is between the anchor and the cursor, and only that is evaluated again.
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
  /** The limit that they were chosen for. */
  readonly snippetCharacters: number;
  /** Whether it has as much text as idle time can evaluate. */
  readonly isExtended: boolean;
}

/** The parts of a window that don't come from the text around the cursor. */
export type AroundText = Pick<PromptWindow, 'imports' | 'snippets' | 'isExtended'>;

/** Characters of a window's text. */
export function shownCharacters({ above, suffix, imports, snippets }: PromptWindow): number {
  return snippets.reduce((sum, { text }) => sum + text.length, above.length + suffix.length + imports.length);
}

/** The text between the anchor and the cursor; `undefined` when the window doesn't fit this cursor. */
export function middleIn(window: PromptWindow, cursor: CursorContext): string | undefined {
  if (window.uri !== cursor.uri) return undefined;
  const anchor = lineStart(cursor, window.anchorLine);
  if (anchor === undefined || cursor.before.length - anchor > MAX_MIDDLE_LENGTH) return undefined;
  if (!cursor.before.slice(0, anchor).endsWith(window.above)) return undefined;
  if (!isLike(window.suffix, suffixOf(cursor))) return undefined;
  return cursor.before.slice(anchor);
}

/** The end of the line before the cursor, as long as a middle may be. */
export function endOfLine({ before, character }: CursorContext): string {
  return character === 0 ? '' : before.slice(-Math.min(character, MAX_MIDDLE_LENGTH));
}

/**
 * A new window, anchored some lines above the cursor.
 * @param before the window of this document that was used last: its beginning is kept where possible, since a
 * prompt that begins otherwise finds nothing in the cache
 */
export function windowAt(
  cursor: CursorContext,
  budget: TextBudget,
  around: AroundText,
  before?: PromptWindow,
): PromptWindow {
  const firstLine = cursor.line - countBreaks(cursor.before);
  const anchorLine = anchorLineOf(cursor, firstLine);
  const anchor = lineStart(cursor, anchorLine) ?? 0;
  const upToAnchor = cursor.before.slice(0, anchor);
  const kept = before === undefined ? undefined : lineStart(cursor, Math.max(firstLine, before.startLine));
  const isFitting = kept !== undefined && kept <= anchor && anchor - kept <= budget.prefixCharacters * GROWN;
  const isEnough = isFitting && (kept === 0 || anchor - kept >= budget.prefixCharacters / 3);
  const start = isEnough ? kept : windowStart(upToAnchor, budget.prefixCharacters);
  const above = upToAnchor.slice(start);
  return {
    uri: cursor.uri,
    startLine: firstLine + countBreaks(upToAnchor.slice(0, start)),
    anchorLine,
    above,
    suffix: cutSuffix(suffixOf(cursor), budget.suffixCharacters),
    imports: start === 0 && firstLine === 0 ? '' : around.imports,
    snippets: around.snippets,
    snippetCharacters: budget.snippetCharacters,
    isExtended: around.isExtended,
  };
}

/** Lines that are too long for a middle are part of the text above. */
function anchorLineOf(cursor: CursorContext, firstLine: number): number {
  let anchorLine = Math.max(firstLine, cursor.line - ANCHOR_LINES);
  while (
    anchorLine < cursor.line &&
    cursor.before.length - (lineStart(cursor, anchorLine) ?? 0) > MAX_MIDDLE_LENGTH
  )
    anchorLine++;
  return anchorLine;
}

/** Without closing brackets, which come and go as the user types; the rules keep them from being doubled. */
function suffixOf(cursor: CursorContext): string {
  const { suffix } = lineAround(cursor);
  return ONLY_CLOSERS.test(suffix) ? cursor.after.slice(suffix.length) : cursor.after;
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

/** A window's suffix may have been cut by its budget. */
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

/** How import lines begin. */
const IMPORT: Readonly<Record<string, RegExp>> = {
  python: /^(?:import|from)\s/,
  go: /^(?:import\b|\t"|\t\w+ ")/,
  rust: /^(?:pub )?(?:use|mod|extern crate)\s/,
  java: /^(?:import|package)\s/,
  kotlin: /^(?:import|package)\s/,
  c: /^#\s*include\b/,
  cpp: /^(?:#\s*include|using)\b/,
  csharp: /^using\s/,
  php: /^(?:use|require|include)/,
  ruby: /^require/,
  css: /^@import\b/,
  scss: /^@(?:import|use)\b/,
};
const SCRIPT_IMPORT = /^(?:import\b|export \{?.*\bfrom\b|(?:const|let|var) .*= require\()/;
const MAX_IMPORT_CHARACTERS = 600;

/** The import lines at a file's head, for a window that begins further down. */
export function importsAbove(head: string, languageId: string): string {
  const pattern = IMPORT[languageId] ?? SCRIPT_IMPORT;
  const lines = head.split('\n').filter((line) => pattern.test(line));
  let text = '';
  for (const line of lines) {
    if (text.length + line.length > MAX_IMPORT_CHARACTERS) break;
    text += `${line}\n`;
  }
  return text;
}

/** More than a context has sequences: a window that is no longer cached still saves choosing its parts again. */
const MAX_WINDOWS = 12;

/** The windows of recent completions, so that a cursor finds its own again. */
export class PromptWindows {
  /** The last used first. */
  private readonly windows: PromptWindow[] = [];

  /** The matching window that was used last. */
  find(isMatch: (window: PromptWindow) => boolean): PromptWindow | undefined {
    return this.windows.find(isMatch);
  }

  /** Remembers a window, or that it was used again. */
  use(window: PromptWindow): void {
    const at = this.windows.indexOf(window);
    if (at >= 0) this.windows.splice(at, 1);
    this.windows.unshift(window);
    if (this.windows.length > MAX_WINDOWS) this.windows.pop();
  }

  /** Forgets a document's windows, because what they show of other files has changed. */
  drop(uri: string): void {
    for (let i = this.windows.length - 1; i >= 0; i--) {
      if (this.windows[i]?.uri === uri) this.windows.splice(i, 1);
    }
  }
}
