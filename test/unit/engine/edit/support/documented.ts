import { TextDocument } from 'vscode-languageserver-textdocument';
import type { SyntaxReader } from '../../../../../src/engine/edit/fix/validator.js';
import { ScriptedEdit } from './scriptedEdit.js';

/** The document after "Document this" at `▮`, where the model continues the comment with `comment`. */
export async function documented(
  languageId: string,
  marked: string,
  comment: string,
  syntax?: SyntaxReader,
): Promise<string> {
  const offset = marked.indexOf('▮');
  const document = TextDocument.create('file:///x', languageId, 1, marked.replace('▮', ''));
  const edit = new ScriptedEdit(() => comment, undefined, syntax);
  const position = document.positionAt(offset);
  const { range, newText } = await edit.run(document, {
    intent: 'document',
    range: { start: position, end: position },
  });
  return TextDocument.applyEdits(document, [{ range, newText }]);
}
