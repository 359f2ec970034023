import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPreview } from './support/edits.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { click, hasPage, hover, press, readTexts, screenshot, settled, type } from './support/workbench.js';

const AREA = `export function area(width: number, height: number): number {
  const side = width;
  const full = side * height;
  return full;
}
`;
const POSITIVE = AREA.replace('= width;', '= Math.abs(width);');
const ROUNDED = POSITIVE.replace('return full;', 'return Math.round(full);');
const DOUBLED = ROUNDED.replace('(width)', '(width) * 2');

describe('an edit by instruction', function () {
  this.timeout(180_000);

  afterEach(async () => {
    await vscode.commands.executeCommand('youtu.edit.reject');
    await vscode.commands.executeCommand('notifications.clearAll');
    while (vscode.window.activeTextEditor !== undefined)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is a diff that is checked, applied in one step, and undone in one', async () => {
    const { document } = await openText('typescript', AREA.replace('full =', 'fu<cursor>ll ='));
    await edit('make it rounded');
    const shown = await preview((text) => text === ROUNDED);
    assert.equal(document.getText(), AREA);
    await told('Checked: no new syntax errors · no unknown names');
    await settled();
    await takeScreenshots('edit-by-instruction');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), ROUNDED);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await until('the preview is closed', () => openPreview() === undefined);
    assert.equal(shown.getText(), ROUNDED);
    await vscode.commands.executeCommand('undo');
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
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
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
    await told('No version of the code passed the checks');
    await until('the version before is back', () => shown.getText() === DOUBLED);
    await screenshot('edit-refine-failed');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), DOUBLED);
    await vscode.commands.executeCommand('undo');
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

  // On the desktop no page has keys and lists.
  if (hasPage) {
    it('is asked for by a key, with the earlier sentences, which can be removed', async () => {
      await openText('typescript', AREA.replace('full =', 'fu<cursor>ll ='));
      await press('Control+K');
      await press('Control+Y');
      await until('the sentence is asked for', async () => (await titleOfInput()).includes('Edit the code'));
      await type('make it rounded');
      await until('the sentence is listed', async () =>
        (await entries()).some((text) => text.includes('make it rounded')),
      );
      await press('Enter');
      const shown = await preview((text) => text === ROUNDED);
      await until('the cursor is at the first change', () => cursorLine(shown) === 1);
      await until('its keys work', async () => (await readTexts('a[aria-label^="Apply the Change"]')).length);
      await settled();
      await press('Alt+X');
      const cursor = await preview((text) => text !== ROUNDED);
      assert.equal(cursor.getText(), AREA.replace('return full;', 'return Math.round(full);'));
      await press('Control+K');
      await press('Control+Y');
      await until('a refinement is asked for', async () => (await titleOfInput()).includes('Refine'));
      await until('the earlier sentence is listed', async () =>
        (await entries()).some((text) => text.includes('make it rounded')),
      );
      await takeScreenshots('edit-instruction');
      await hover('.quick-input-list .monaco-list-row');
      await click('.quick-input-list .monaco-list-row .action-label');
      await until('it is removed', async () =>
        (await entries()).every((text) => !text.includes('make it rounded')),
      );
      await press('Escape');
      await press('Shift+Alt+X');
      await until('the preview is closed', () => openPreview() === undefined);
    });

    it('is not asked for by the key in a read-only editor', async () => {
      await vscode.commands.executeCommand('youtu.engine.showLog');
      await vscode.commands.executeCommand('workbench.panel.output.focus');
      await settled();
      await press('Control+K');
      await press('Control+Y');
      await settled();
      assert.deepEqual(await readTexts('.quick-input-widget .quick-input-title'), []);
      await vscode.commands.executeCommand('workbench.action.closePanel');
    });

    it('says at each change how to take it or leave it', async () => {
      await openText('typescript', AREA);
      await edit('make it rounded', 2);
      const shown = await preview((text) => text === ROUNDED);
      await until('the cursor is at the first change', () => cursorLine(shown) === 1);
      await vscode.commands.executeCommand('editor.action.showHover');
      await until('the hover has the actions', async () =>
        (await readTexts('.monaco-hover')).some(
          (text) => text.includes('Apply Only This Change') && text.includes('Leave This Change Out'),
        ),
      );
      await takeScreenshots('edit-hunks');
    });
  }
});

/** Runs the command as a key binding with arguments does. @param line where the cursor is put first */
async function edit(instruction: string, line?: number): Promise<void> {
  if (line !== undefined) await select(new vscode.Selection(line, 4, line, 4));
  await vscode.commands.executeCommand('youtu.edit', { instruction });
}

async function select(selection: vscode.Selection): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  editor.selection = selection;
  await settled();
  assert.deepEqual(editor.selection, selection);
}

async function preview(isWanted: (text: string) => boolean): Promise<vscode.TextDocument> {
  const uri = await until('the preview is open', openPreview);
  const shown = await vscode.workspace.openTextDocument(uri);
  await until('the preview has the new version', () => isWanted(shown.getText())).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${shown.getText()}`);
  });
  return shown;
}

function cursorLine(document: vscode.TextDocument): number | undefined {
  const active = vscode.window.activeTextEditor;
  return active?.document === document ? active.selection.active.line : undefined;
}

function isRewrite(kind: vscode.CodeActionKind): boolean {
  return kind.value === vscode.CodeActionKind.RefactorRewrite.value;
}

async function told(text: string): Promise<void> {
  if (!hasPage) return;
  await vscode.commands.executeCommand('notifications.showList');
  await until(`“${text}” is shown`, async () =>
    (await readTexts('.notification-list-item')).some((each) => each.includes(text)),
  );
}

async function titleOfInput(): Promise<string> {
  return (await readTexts('.quick-input-widget .quick-input-title')).join();
}

function entries(): Promise<readonly string[]> {
  return readTexts('.quick-input-list .monaco-list-row');
}
