import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPreview, undoOnce } from './support/edits.js';
import {
  AREA,
  closeEdits,
  cursorLine,
  edit,
  POSITIVE,
  preview,
  ROUNDED,
  select,
} from './support/instruct.js';
import { notificationShows } from './support/notifications.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { settled } from './support/workbench.js';

const DOUBLED = ROUNDED.replace('(width)', '(width) * 2');

describe('an edit by instruction', function () {
  this.timeout(180_000);

  afterEach(closeEdits);

  it('is a diff that is checked, applied in one step, and undone in one', async () => {
    const { document } = await openText('typescript', AREA.replace('full =', 'fu<cursor>ll ='));
    await edit('make it rounded');
    const shown = await preview((text) => text === ROUNDED);
    assert.equal(document.getText(), AREA);
    await notificationShows('Checked: no new syntax errors · no unknown names');
    await settled();
    await takeScreenshots('edit-by-instruction');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), ROUNDED);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await until('the preview is closed', () => openPreview() === undefined);
    assert.equal(shown.getText(), ROUNDED);
    await undoOnce(document);
    assert.equal(document.getText(), AREA);
  });

  it('is about the selection, in whole lines, and is discarded without a trace', async () => {
    const { document } = await openText('typescript', `${AREA}\n${AREA.replace('area', 'other')}`);
    await select(new vscode.Selection(0, 3, 5, 0));
    const before = document.getText();
    await edit('make it rounded');
    await preview((text) => text === before.replace(AREA, ROUNDED));
    await vscode.commands.executeCommand('youtu.edit.reject');
    await until('the preview is closed', () => openPreview() === undefined);
    assert.equal(document.getText(), before);
  });

  it('applies one change at the cursor, and leaves another one out', async () => {
    const { document } = await openText('typescript', AREA);
    await edit('make it rounded', 2);
    const shown = await preview((text) => text === ROUNDED);
    const editor = await until('the preview has the cursor at the first change', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document === shown && active.selection.active.line === 1 && active;
    });
    await vscode.commands.executeCommand('youtu.edit.acceptHunk');
    assert.equal(document.getText(), POSITIVE);
    assert.notEqual(openPreview(), undefined);
    assert.equal(editor.selection.active.line, 3);
    await vscode.commands.executeCommand('youtu.edit.rejectHunk');
    await until('the preview is closed', () => openPreview() === undefined);
    assert.equal(document.getText(), POSITIVE);
    await undoOnce(document);
    assert.equal(document.getText(), AREA);
  });

  it('leaves a change out, and applies the rest in one step', async () => {
    const { document } = await openText('typescript', AREA);
    await edit('make it rounded', 2);
    const shown = await preview((text) => text === ROUNDED);
    await until('the cursor is at the first change', () => cursorLine(shown) === 1);
    await vscode.commands.executeCommand('youtu.edit.rejectHunk');
    const rest = AREA.replace('return full;', 'return Math.round(full);');
    await until('the first change is gone', () => shown.getText() === rest);
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), rest);
  });

  it('offers again in its preview a change that was applied and undone', async () => {
    const { document } = await openText('typescript', AREA);
    await edit('make it rounded', 2);
    const shown = await preview((text) => text === ROUNDED);
    await until('the cursor is at the first change', () => cursorLine(shown) === 1);
    await vscode.commands.executeCommand('youtu.edit.acceptHunk');
    assert.equal(document.getText(), POSITIVE);
    const undo = new vscode.WorkspaceEdit();
    undo.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), AREA);
    await vscode.workspace.applyEdit(undo);
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), ROUNDED);
  });

  it('is refined by another instruction, and a failed one leaves the version before', async () => {
    const { document } = await openText('typescript', AREA);
    await edit('make it rounded', 2);
    const shown = await preview((text) => text === ROUNDED);
    await vscode.commands.executeCommand('youtu.edit.refine', { instruction: 'make it doubled' });
    await until('the preview is refined', () => shown.getText() === DOUBLED);
    await vscode.commands.executeCommand('youtu.edit.refine', { instruction: 'make it wrongly' });
    await notificationShows('No version of the code passed the checks');
    await until('the version before is back', () => shown.getText() === DOUBLED);
    await takeScreenshots('edit-refine-failed');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), DOUBLED);
    await undoOnce(document);
    assert.equal(document.getText(), AREA);
  });

  it('writes new code at a blank line', async () => {
    const { document } = await openText('typescript', `${AREA}\n<cursor>\n${AREA}`);
    await edit('a constant');
    await preview((text) => text.includes('ANSWER'));
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), `${AREA}\nexport const ANSWER = 42;\n${AREA}`);
  });

  it('works in a notebook’s cell', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, AREA, 'typescript');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    const { document } = notebook.cellAt(0);
    const range = new vscode.Range(0, 0, 5, 0);
    const target = { uri: document.uri, range, isSelection: true, diagnostics: [] };
    await vscode.commands.executeCommand('youtu.edit', { ...target, instruction: 'make it rounded' });
    await preview((text) => text === ROUNDED);
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), ROUNDED);
  });

  it('is in the light bulb of a selection, and at a cursor only when the menu is opened', async () => {
    const { document } = await openText('typescript', AREA);
    const titles = async (range: vscode.Range): Promise<string[]> => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        vscode.CodeActionKind.Refactor.value,
      );
      for (const each of actions)
        if (each.title.includes('Youtu Code')) assert.ok(each.kind && isRewrite(each.kind), each.title);
      return actions.map(({ title }) => title).filter((title) => title.includes('Youtu Code'));
    };
    const selected = await titles(new vscode.Range(1, 0, 2, 0));
    assert.equal(selected.at(-1), 'Edit with Youtu Code…');
    assert.equal(selected.length, 4);
    // The command for tests asks as the menu does.
    const atCursor = await titles(new vscode.Range(1, 4, 1, 4));
    assert.deepEqual(atCursor, ['Write tests with Youtu Code', 'Edit with Youtu Code…']);
  });
});

function isRewrite(kind: vscode.CodeActionKind): boolean {
  return kind.value === vscode.CodeActionKind.RefactorRewrite.value;
}
