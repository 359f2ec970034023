import * as vscode from 'vscode';

/** What auto save waits for other extensions at most, which may change the text before. */
const AUTO_SAVE_MS = 5000;

/**
 * Saves a document. VS Code refuses that while its own auto save is busy with the text: then that one is awaited.
 * @returns whether it is saved now
 */
export async function saveDocument(document: vscode.TextDocument): Promise<boolean> {
  if (await document.save()) return true;
  if (document.isUntitled) return false; // the user has closed the dialog
  if (document.isDirty) await nextSave(document, AUTO_SAVE_MS);
  return !document.isDirty || document.save();
}

function nextSave(document: vscode.TextDocument, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(end, limitMs);
    const listener = vscode.workspace.onDidSaveTextDocument((each) => {
      if (each === document) end();
    });
  });
}
