import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from './support/until.js';
import { pictures } from './support/pictures.js';

/** A typo that the type checker finds and that the starter mends. */
const BROKEN = `export function total(prices: number[]): number {
  let sum = 0;
  for (const price of prices) {
    sum += prise;
  }
  return sum;
}
`;

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

  it('is offered in the light bulb, shown as a diff, applied as one step, and undone byte for byte', async () => {
    const action = await fixAction(document);
    assert.match(action.title, /Cannot find name 'prise'/);
    assert.notEqual(action.isPreferred, true);
    await run(action);
    const preview = await until('the preview is open', () => openPreview());
    await pictures('fix-preview');
    assert.equal(document.getText(), BROKEN);
    const shown = await vscode.workspace.openTextDocument(preview);
    assert.match(shown.getText(), /sum \+= price;/);
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), BROKEN.replace('prise', 'price'));
    await until('the preview is closed', () => openPreview() === undefined);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), BROKEN);
  });

  it('leaves the document alone when it is discarded', async () => {
    await run(await fixAction(document));
    await until('the preview is open', () => openPreview());
    await vscode.commands.executeCommand('youtu.edit.reject');
    await until('the preview is closed', () => openPreview() === undefined);
    assert.equal(document.getText(), BROKEN);
    assert.equal(document.isDirty, false);
    assert.equal(await readFile(document.uri.fsPath, 'utf8'), BROKEN);
  });

  it('is applied at the code’s new place when lines were inserted before it', async () => {
    await run(await fixAction(document));
    await until('the preview is open', () => openPreview());
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// A new first line.\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), `// A new first line.\n${BROKEN.replace('prise', 'price')}`);
  });

  it('changes nothing when the code itself was changed meanwhile, and keeps the new version', async () => {
    await run(await fixAction(document));
    await until('the preview is open', () => openPreview());
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(3, 4, 3, 7), 'total');
    await vscode.workspace.applyEdit(edit);
    const changed = document.getText();
    // The message with what to do stays open: it is not waited for.
    void vscode.commands.executeCommand('youtu.edit.accept');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(document.getText(), changed);
    assert.notEqual(openPreview(), undefined);
    await vscode.commands.executeCommand('youtu.edit.reject');
  });
});

async function fixAction(document: vscode.TextDocument): Promise<vscode.CodeAction> {
  return until('the light bulb offers a fix', async () => {
    // VS Code cancels the look when a language server's own diagnostics arrive meanwhile.
    const actions = await Promise.resolve(
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(3, 11, 3, 16),
      ),
    ).catch(() => []);
    return actions.find(({ command, title }) => command?.command === 'youtu.fix' && title.includes('prise'));
  });
}

async function run({ command }: vscode.CodeAction): Promise<void> {
  assert.ok(command);
  await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

function openPreview(): vscode.Uri | undefined {
  for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    if (input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'youtu-preview')
      return input.modified;
  }
  return undefined;
}
