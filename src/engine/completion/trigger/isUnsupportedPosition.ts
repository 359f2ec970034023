import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Minified code and data: nothing that a suggestion could be right about, and costly to look at. */
const MAX_LINE_LENGTH = 5000;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A line too long to be written by hand, or a cursor inside what the user sees as one character. */
export function isUnsupportedPosition(document: TextDocument, { line, character }: Position): boolean {
  const start = { line, character: 0 };
  const end = { line, character: Number.MAX_SAFE_INTEGER };
  if (document.offsetAt(end) - document.offsetAt(start) > MAX_LINE_LENGTH) return true;
  const text = document.getText({ start, end });
  // Of ASCII each is a character of its own, but for a line's end, into which a cursor can't be put.
  if (character >= text.length || !/[^\0-\x7f]/.test(text.slice(Math.max(0, character - 1), character + 1)))
    return false;
  return graphemes.segment(text).containing(character)?.index !== character;
}
