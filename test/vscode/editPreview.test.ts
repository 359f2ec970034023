import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { undoOnce } from './support/edits.js';
import { openText } from './support/openText.js';
import { OneFile } from './support/oneFile.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { click, hasPage } from './support/workbench.js';

const PYTHON = 'def clamp(value, low, high):\n    return min(max(value, low), high)\n';
/** The same mistake twice, in equal lines. */
const TWINS = 'value = 1\n\nif value:\n    print(valeu)\n\nif value:\n    print(valeu)\n';

describe('the preview of an edit', function () {
  this.timeout(180_000);
  const diagnostics = vscode.languages.createDiagnosticCollection('youtu-test');

  afterEach(async () => {
    diagnostics.clear();
    await vscode.commands.executeCommand('youtu.edit.reject');
    await vscode.commands.executeCommand('notifications.clearAll');
    while (vscode.window.activeTextEditor !== undefined)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(() => diagnostics.dispose());

  it('shows the comment for the symbol at the cursor, without changing the code', async () => {
    const { document } = await openText('python', PYTHON.replace('return', '<cursor>return'));
    await vscode.commands.executeCommand('youtu.document');
    const preview = await until('the preview is open', openPreview);
    const shown = await vscode.workspace.openTextDocument(preview);
    await until('the preview has the comment', () => shown.getText().includes('"""'));
    assert.equal(document.getText(), PYTHON);
    await takeScreenshots('document-preview');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.match(document.getText(), /^def clamp\(value, low, high\):\n {4}"""\S[^]*"""\n {4}return min/);
    assert.equal(document.getText().replace(/ {4}"""[^]*?"""\n/, ''), PYTHON);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await undoOnce(document);
    assert.equal(document.getText(), PYTHON);
  });

  it('has the document’s syntax highlighting', async () => {
    await openText('python', PYTHON.replace('return', '<cursor>return'));
    await vscode.commands.executeCommand('youtu.document');
    const preview = await until('the preview is open', openPreview);
    assert.equal((await vscode.workspace.openTextDocument(preview)).languageId, 'python');
  });

  it('discards the edit when it is closed', async () => {
    const { document } = await openText('python', PYTHON.replace('return', '<cursor>return'));
    await vscode.commands.executeCommand('youtu.document');
    await until('the preview is open', openPreview);
    await vscode.window.tabGroups.close(previewTabs());
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), PYTHON);
  });

  it('is replaced by the next edit', async () => {
    const { document } = await openText('python', PYTHON.replace('return', '<cursor>return'));
    await vscode.commands.executeCommand('youtu.document');
    const first = await until('the preview is open', openPreview);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('youtu.document');
    const second = await until('the second preview is open', openPreview);
    assert.notEqual(second.toString(), first.toString());
    assert.equal(previewTabs().length, 1);
  });

  it('follows its lines, even where they occur twice', async () => {
    const { document } = await openText('python', TWINS);
    addDiagnostic(document, 6, 'valeu', '"valeu" is not defined. Did you mean "value"?');
    await fixAt(document, 6);
    await until('the preview is open', openPreview);
    await insert(document, 0, 0, 'count = 2\nvalue = 0\n\n');
    await vscode.commands.executeCommand('youtu.edit.accept');
    const [, first, second] = document.getText().split(/\n\n(?=if)/);
    assert.equal(first, 'if value:\n    print(valeu)');
    assert.equal(second, 'if value:\n    print(value)\n');
  });

  it('shows changes made elsewhere meanwhile', async () => {
    const { document } = await openText('python', TWINS);
    addDiagnostic(document, 6, 'valeu', '"valeu" is not defined. Did you mean "value"?');
    await fixAt(document, 6);
    const shown = await vscode.workspace.openTextDocument(await until('the preview is open', openPreview));
    await insert(document, 0, 0, '# new\n');
    await until('the preview has the new line', () => shown.getText().startsWith('# new\nvalue = 1\n'));
    assert.ok(shown.getText().endsWith('if value:\n    print(valeu)\n\nif value:\n    print(value)\n'));
  });

  // On the desktop no page can be clicked.
  if (hasPage)
    it('is applied by the button of its message', async () => {
      const { document } = await openText('python', PYTHON.replace('return', '<cursor>return'));
      await vscode.commands.executeCommand('youtu.document');
      await until('the preview is open', openPreview);
      await vscode.commands.executeCommand('notifications.showList');
      await takeScreenshots('edit-message');
      await click(
        '.notification-list-item:has-text("documentation is ready") .monaco-button:has-text("Apply")',
      );
      await until('the comment is inserted', () => document.getText().includes('"""'));
      await until('the preview is closed', () => openPreview() === undefined);
    });

  it('is not opened for a read-only document', async () => {
    const provider = vscode.workspace.registerFileSystemProvider('vscode-vfs', new OneFile(PYTHON), {
      isReadonly: true,
    });
    try {
      const document = await vscode.workspace.openTextDocument(
        vscode.Uri.parse('vscode-vfs://test/clamp.py'),
      );
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(1, 4, 1, 4) });
      await vscode.commands.executeCommand('youtu.document');
      assert.equal(openPreview(), undefined);
      assert.equal(document.getText(), PYTHON);
    } finally {
      provider.dispose();
    }
  });

  function addDiagnostic(document: vscode.TextDocument, line: number, word: string, message: string): void {
    const character = document.lineAt(line).text.indexOf(word);
    const range = new vscode.Range(line, character, line, character + word.length);
    diagnostics.set(document.uri, [new vscode.Diagnostic(range, message)]);
  }
});

/** Fixes the diagnostic of a line, as the palette's command does. */
async function fixAt(document: vscode.TextDocument, line: number): Promise<void> {
  const end = document.lineAt(line).range.end;
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end) });
  await vscode.commands.executeCommand('youtu.fix');
}

async function insert(
  document: vscode.TextDocument,
  line: number,
  character: number,
  text: string,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, character), text);
  await vscode.workspace.applyEdit(edit);
}

function previewTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'youtu-preview',
    );
}

function openPreview(): vscode.Uri | undefined {
  const input = previewTabs()[0]?.input;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}
