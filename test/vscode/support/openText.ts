import * as vscode from 'vscode';

const CURSOR = '<cursor>';

/**
 * Opens an untitled document in an editor that has the focus.
 * @param text with `<cursor>` for the cursor, which is at the end by default
 */
export async function openText(language: string, text: string): Promise<vscode.TextEditor> {
  const at = text.indexOf(CURSOR);
  const content = text.replace(CURSOR, '');
  const document = await vscode.workspace.openTextDocument({ language, content });
  const editor = await vscode.window.showTextDocument(document);
  await placeCursor(editor, document.positionAt(at === -1 ? content.length : at));
  return editor;
}

/** Sets the cursor, and waits until the editor shows it, since real keys overtake the extension host's requests. */
export async function placeCursor(editor: vscode.TextEditor, position: vscode.Position): Promise<void> {
  editor.selection = new vscode.Selection(position, position);
  // Commands use the same channel as the selection, after it.
  await vscode.commands.executeCommand('setContext', 'youtu.test.cursorPlaced', true);
}
