import * as vscode from 'vscode';

/** As much as a prompt could show of them. */
const MAX_CHARACTERS = 8000;

/** The text of a notebook's code cells above this one; `undefined` for a document that is no cell, or the first. */
export function earlierCells(document: vscode.TextDocument): string | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cells = notebook.getCells();
    const at = cells.findIndex((cell) => cell.document === document);
    if (at < 0) continue;
    const texts = cells
      .slice(0, at)
      .filter(({ kind }) => kind === vscode.NotebookCellKind.Code)
      .filter((cell) => cell.document.languageId === document.languageId)
      .map((cell) => cell.document.getText());
    return texts.length === 0 ? undefined : texts.join('\n\n').slice(-MAX_CHARACTERS);
  }
  return undefined;
}
