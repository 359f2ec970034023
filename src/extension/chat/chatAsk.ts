import * as vscode from 'vscode';
import type { ChatAttachment } from '../../protocol/chatTurn.js';

/** A question that another feature asks in the chat. */
export interface ChatAsk {
  /** In the user's language, as the user would have typed it. */
  readonly question: string;
  /** The code that it is about; sent in whole lines. */
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** What the editor says about that code; quoted below the question. */
  readonly diagnostics?: readonly vscode.Diagnostic[];
}

/** The question with its diagnostics, each with its line. */
export function askText({ question, diagnostics = [] }: ChatAsk): string {
  const lines = diagnostics.map(({ message, range, source, code }) => {
    const number = typeof code === 'object' ? code.value : code;
    const origin = [source, number].filter((part) => part !== undefined).join(' ');
    const place = vscode.l10n.t('Line {0}', range.start.line + 1);
    return `${place}: ${message}${origin === '' ? '' : ` (${origin})`}`;
  });
  return [question, ...lines].join('\n');
}

/** Code of a document, with a label such as `src/app.ts:3-9`. */
export function attachmentOf(document: vscode.TextDocument, range: vscode.Range): ChatAttachment {
  // A selection that ends before a line's first character doesn't mean that line.
  const isLineEnd = range.end.character === 0 && range.end.line > range.start.line;
  const [startLine, endLine] = [range.start.line, range.end.line - (isLineEnd ? 1 : 0)];
  const lines = new vscode.Range(startLine, 0, endLine, document.lineAt(endLine).text.length);
  const path = vscode.workspace.asRelativePath(document.uri);
  return {
    id: crypto.randomUUID(),
    label: `${path}:${startLine + 1}${endLine > startLine ? `-${endLine + 1}` : ''}`,
    languageId: document.languageId,
    code: document.getText(lines),
    place: { uri: document.uri.toString(), startLine, endLine },
  };
}
