import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { BROKEN, fixAction, openPreview, runAction, undoOnce } from './support/edits.js';
import { notificationShows } from './support/notifications.js';
import { until } from './support/until.js';
import { takeScreenshots } from './support/screenshots.js';

describe('a fix', function () {
  this.timeout(180_000);
  let folder: string;
  let document: vscode.TextDocument;

  before(() => vscode.commands.executeCommand('workbench.view.explorer'));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-fix-'));
    const path = join(folder, 'total.ts');
    await writeFile(path, BROKEN);
    document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    await until('the type checker finds the typo', () =>
      vscode.languages.getDiagnostics(document.uri).some(({ message }) => message.includes('prise')),
    );
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });

  it('is offered in the light bulb, shown as a diff, applied in one step, and undone byte for byte', async () => {
    const action = await fixAction(document);
    assert.equal(action.title, 'Fix with Youtu Code');
    assert.notEqual(action.isPreferred, true);
    await runAction(action);
    const preview = await until('the preview is open', () => openPreview());
    await takeScreenshots('fix-preview');
    assert.equal(document.getText(), BROKEN);
    const shown = await vscode.workspace.openTextDocument(preview);
    await until('the preview has the fix', () => shown.getText().includes('sum += price;'));
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), BROKEN.replace('prise', 'price'));
    await until('the preview is closed', () => openPreview() === undefined);
    await undoOnce(document);
    assert.equal(document.getText(), BROKEN);
  });

  it('leaves the document unchanged when it is discarded', async () => {
    await runAction(await fixAction(document));
    await until('the preview is open', () => openPreview());
    await vscode.commands.executeCommand('youtu.edit.reject');
    await until('the preview is closed', () => openPreview() === undefined);
    assert.equal(document.getText(), BROKEN);
    assert.equal(document.isDirty, false);
    assert.equal(await readFile(document.uri.fsPath, 'utf8'), BROKEN);
  });

  it('is applied at the code’s new position when lines were inserted before it', async () => {
    await runAction(await fixAction(document));
    await until('the preview is open', () => openPreview());
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// A new first line.\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), `// A new first line.\n${BROKEN.replace('prise', 'price')}`);
  });

  it('changes nothing when the code was changed meanwhile, and keeps the new version', async () => {
    await runAction(await fixAction(document));
    await until('the preview is open', () => openPreview());
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(3, 4, 3, 7), 'total');
    await vscode.workspace.applyEdit(edit);
    const changed = document.getText();
    // The message stays open, so it isn't awaited.
    void vscode.commands.executeCommand('youtu.edit.accept');
    await notificationShows('can’t be applied');
    assert.equal(document.getText(), changed);
    assert.notEqual(openPreview(), undefined);
    await vscode.commands.executeCommand('youtu.edit.reject');
  });
});
