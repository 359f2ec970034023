import type { Position, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { cellLanguageOf } from '../../language/notebookCell.js';

/** How much of the text around a cursor is looked at. Enough for any prompt, and cheap to compare at each key. */
const BEFORE_CHARACTERS = 16_000;
const AFTER_CHARACTERS = 6_000;

/** A cell's language is named on its first line. */
const CELL_HEAD_CHARACTERS = 200;

/** The item that is selected in the editor's suggestion list. */
export interface SelectedItem {
  readonly range: Range;
  readonly text: string;
}

/**
 * A cursor in a text, with the text around it. Lines end in `\n` whatever the file has; where an item is selected in
 * the suggestion list, the text is what it will be once the item is in.
 */
export interface CursorContext {
  readonly uri: string;
  readonly languageId: string;
  /** Of the cursor, from 0; `character` counts UTF-16 units. */
  readonly line: number;
  readonly character: number;
  /** From the start of a line to the cursor. */
  readonly before: string;
  readonly after: string;
  /** Characters of the document after the cursor, as the file has them. */
  readonly remaining: number;
  /** Whether the text before the cursor has the selected item, which the document has not. */
  readonly isVirtual: boolean;
}

/**
 * The context of a cursor in a document.
 * @param earlier text before the document's own, such as a notebook's earlier cells
 */
export function cursorContextAt(
  document: TextDocument,
  position: Position,
  selected?: SelectedItem,
  earlier = '',
): CursorContext {
  const text = document.getText();
  const cursor = document.offsetAt(position);
  const offset = selected === undefined ? cursor : Math.min(cursor, document.offsetAt(selected.range.start));
  const start = offset <= BEFORE_CHARACTERS ? 0 : lineStartFrom(text, offset - BEFORE_CHARACTERS, offset);
  const own = unixLines(text.slice(start, offset)) + unixLines(selected?.text ?? '');
  const before = start > 0 || earlier === '' ? own : joined(unixLines(earlier), own);
  const after = unixLines(text.slice(cursor, cursor + AFTER_CHARACTERS));
  const character = before.length - (before.lastIndexOf('\n') + 1);
  const breaks = unixLines(selected?.text ?? '').split('\n').length - 1;
  const line = document.positionAt(offset).line + breaks;
  const { uri } = document;
  const languageId = cellLanguageOf(uri, document.languageId, text.slice(0, CELL_HEAD_CHARACTERS));
  const isVirtual = selected !== undefined;
  return { uri, languageId, line, character, before, after, remaining: text.length - cursor, isVirtual };
}

/** The context after `text` was inserted at `cursor`. */
export function advanced(cursor: CursorContext, text: string): CursorContext {
  const breaks = text.split('\n').length - 1;
  const before = cursor.before + text;
  return {
    ...cursor,
    before,
    line: cursor.line + breaks,
    character: before.length - (before.lastIndexOf('\n') + 1),
  };
}

/** The text of the cursor's line, before and after the cursor. */
export function lineAround({ before, after }: CursorContext): {
  readonly prefix: string;
  readonly suffix: string;
} {
  const end = after.indexOf('\n');
  return {
    prefix: before.slice(before.lastIndexOf('\n') + 1),
    suffix: end < 0 ? after : after.slice(0, end),
  };
}

function joined(earlier: string, own: string): string {
  return `${earlier.trimEnd()}\n\n`.slice(-BEFORE_CHARACTERS) + own;
}

/** The first start of a line from `from` on, or `from` itself inside one line that is longer. */
function lineStartFrom(text: string, from: number, to: number): number {
  const found = text.indexOf('\n', from - 1);
  return found >= 0 && found < to ? found + 1 : from;
}

export function unixLines(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
}

/** Whether two contexts have the same position in the same document, whatever the text around it. */
export function isSameCursor(a: CursorContext, b: CursorContext): boolean {
  return a.uri === b.uri && a.line === b.line && a.character === b.character;
}
