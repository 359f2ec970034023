import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Minified code and data: nothing that a suggestion could be right about, and costly to look at. */
const LONGEST_LINE = 5000;

/** A line too long to be written by hand, or a cursor between the two halves of one character. */
export function isUnfit(document: TextDocument, position: Position): boolean {
  const offset = document.offsetAt(position);
  const lineStart = document.offsetAt({ line: position.line, character: 0 });
  const lineEnd = document.offsetAt({ line: position.line, character: Number.MAX_SAFE_INTEGER });
  if (lineEnd - lineStart > LONGEST_LINE) return true;
  const around = document.getText({
    start: document.positionAt(Math.max(0, offset - 1)),
    end: document.positionAt(offset + 1),
  });
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(around) && offset > 0;
}
