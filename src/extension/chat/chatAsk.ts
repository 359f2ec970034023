import * as vscode from 'vscode';
import { newId } from '../../chatCore/newId.js';
import type { ChatAttachment } from '../../protocol/chatTurn.js';

/** Characters. Far more than any context holds, and few enough for the page. */
const MAX_ATTACHMENT_SIZE = 200_000;

/** A question that another feature asks in the chat. */
export interface ChatAsk {
  /** In the user's language, as the user would have typed it. */
  readonly question: string;
  /** The code that it is about; sent in whole lines. */
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** Diagnostics of that code; listed below the question. */
  readonly diagnostics?: readonly vscode.Diagnostic[];
}

/** The question, followed by its diagnostics, each with its line. */
export function askText({ question, diagnostics = [] }: ChatAsk): string {
  const lines = diagnostics.map(({ message, range, source, code }) => {
    const number = typeof code === 'object' ? code.value : code;
    const origin = [source, number].filter((part) => part !== undefined).join(' ');
    const line = vscode.l10n.t('Line {0}', range.start.line + 1);
    return `${line}: ${message}${origin === '' ? '' : ` (${origin})`}`;
  });
  return [question, ...lines].join('\n');
}

/** Code of a document, with a label such as `src/app.ts:3-9`. */
export function attachmentOf(document: vscode.TextDocument, range: vscode.Range): ChatAttachment {
  // A selection that ends at the start of a line doesn't include that line.
  const isLineEnd = range.end.character === 0 && range.end.line > range.start.line;
  const [startLine, endLine] = [range.start.line, range.end.line - (isLineEnd ? 1 : 0)];
  const lines = new vscode.Range(startLine, 0, endLine, document.lineAt(endLine).text.length);
  const path = vscode.workspace.asRelativePath(document.uri);
  return {
    id: newId(),
    label: `${path}:${startLine + 1}${endLine > startLine ? `-${endLine + 1}` : ''}`,
    languageId: document.languageId,
    code: document.getText(lines),
    place: { uri: document.uri.toString(), startLine, endLine },
  };
}

/** The selected code; `undefined` after a message to the user where nothing is selected, or too much. */
export function selectedAttachment(): ChatAttachment | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('First select the code that you want to ask about.'),
    );
    return undefined;
  }
  const attachment = attachmentOf(editor.document, editor.selection);
  if (attachment.code.length > MAX_ATTACHMENT_SIZE) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The selection is longer than the model can read. Select less.'),
    );
    return undefined;
  }
  return attachment;
}
