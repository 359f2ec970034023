import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { earlierCells } from '../../src/extension/completion/completionParams.js';

const { Code, Markup } = vscode.NotebookCellKind;

describe('a notebook cell', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('is completed with the code cells above it, in its own language', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(Code, 'total = 3', 'python'),
        new vscode.NotebookCellData(Markup, '# Rates', 'markdown'),
        new vscode.NotebookCellData(Code, 'SELECT 1', 'sql'),
        new vscode.NotebookCellData(Code, 'rate = 4', 'python'),
        new vscode.NotebookCellData(Code, 'print(', 'python'),
        new vscode.NotebookCellData(Code, 'later = 5', 'python'),
      ]),
    );
    assert.deepEqual(earlierCells(notebook.cellAt(4).document), ['total = 3', 'rate = 4']);
    assert.equal(earlierCells(notebook.cellAt(0).document), undefined);
    const plain = await vscode.workspace.openTextDocument({ language: 'python', content: 'a' });
    assert.equal(earlierCells(plain), undefined);
  });
});
