import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from '../../engine/completion/completionTypes.js';

const MAX_LABEL_LENGTH = 60;
/** Behind whatever a language server knows for certain. */
const LAST = 'zzzzzzzz';

/**
 * Ghost text as an item of the suggestion list. It begins with the word that is being typed, since editors keep only
 * those items that do.
 */
export function completionItem(
  document: TextDocument,
  position: Position,
  { insertText, range }: Completion,
): CompletionItem {
  const before = document.getText({ start: { line: position.line, character: 0 }, end: position });
  const [word = ''] = /[\p{L}\p{N}_$]*$/u.exec(before) ?? [];
  const character = Math.min(range.start.character, position.character - word.length);
  const start = { line: position.line, character };
  const newText = document.getText({ start, end: range.start }) + insertText;
  const lines = newText.trim().split(/\r?\n/);
  return {
    label: shortened(lines[0] ?? '', lines.length > 1),
    kind: CompletionItemKind.Text,
    detail: 'Youtu Code',
    ...(lines.length > 1 ? { documentation: newText } : {}),
    preselect: false,
    sortText: LAST,
    filterText: document.getText({ start, end: position }),
    insertTextFormat: InsertTextFormat.PlainText,
    // The text is indented as it has to be.
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range: { start, end: position }, newText },
  };
}

function shortened(line: string, hasMore: boolean): string {
  const cut = line.length > MAX_LABEL_LENGTH ? line.slice(0, MAX_LABEL_LENGTH - 1) : line;
  return cut.length < line.length || hasMore ? `${cut}…` : cut;
}
