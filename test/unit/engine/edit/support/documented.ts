import type { Range } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { SyntaxReader } from '../../../../../src/engine/edit/check/syntaxCheck.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import type { EditParams } from '../../../../../src/protocol/edit.js';
import { ScriptedEdit } from './scriptedEdit.js';

const WITHOUT_TREES: SyntaxReader = { read: () => Promise.resolve(undefined) };

/** The document after "Document this" at `▮`, where the model continues the comment with `comment`. */
export async function documented(
  languageId: string,
  marked: string,
  comment: string,
  syntax?: SyntaxReader,
): Promise<string> {
  const offset = marked.indexOf('▮');
  const text = marked.replace('▮', '');
  const start = TextDocument.create('file:///x', languageId, 1, text).positionAt(offset);
  return documentedAt(languageId, text, { start, end: start }, comment, {}, syntax ?? WITHOUT_TREES);
}

/** The document after "Document this" for a range. */
export async function documentedAt(
  languageId: string,
  text: string,
  range: Range,
  comment: string,
  params: Pick<Partial<EditParams>, 'symbol' | 'isSelection'>,
  syntax: SyntaxReader = new SyntaxTrees(),
): Promise<string> {
  const document = TextDocument.create('file:///x', languageId, 1, text);
  const edit = new ScriptedEdit(() => comment, undefined, syntax);
  const result = await edit.run(document, { intent: 'document', range, ...params });
  return TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
}
