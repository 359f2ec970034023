import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  contextOf as contextOfPlace,
  type CompletionContext,
} from '../../../../../src/engine/completion/cursor/completionContext.js';
import { cursorContextAt } from '../../../../../src/engine/completion/cursor/cursorContext.js';

/** A document and a position in it, from a text in which `▮` is the cursor. */
export function documentAt(
  marked: string,
  languageId = 'typescript',
): { document: TextDocument; offset: number } {
  const offset = marked.indexOf('▮');
  if (offset < 0) throw new Error(`no cursor in ${JSON.stringify(marked)}`);
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { document: TextDocument.create('file:///case', languageId, 1, text), offset };
}

/** The context at `▮`. */
export function contextOf(marked: string, languageId = 'typescript'): CompletionContext {
  const { document, offset } = documentAt(marked, languageId);
  return contextOfPlace(cursorContextAt(document, document.positionAt(offset)));
}
