import type { Position, Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SelectedItem } from './place.js';

export interface Completion {
  readonly insertText: string;
  /** What the text replaces; nothing but the cursor unless an item is selected or the line is indented anew. */
  readonly range: Range;
}

/**
 * Ghost text as an edit of the document.
 * @param replaces characters of the line's indentation before the cursor that the text replaces
 */
export function completionItem(
  document: TextDocument,
  position: Position,
  { text, replaces }: { readonly text: string; readonly replaces: number },
  selected: SelectedItem | undefined,
): Completion {
  if (selected !== undefined)
    return { insertText: withLineEnds(selected.text + text, document), range: selected.range };
  const start = { line: position.line, character: Math.max(0, position.character - replaces) };
  return { insertText: withLineEnds(text, document), range: { start, end: position } };
}

function withLineEnds(text: string, document: TextDocument): string {
  const firstLine = document.getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } });
  return firstLine.endsWith('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
