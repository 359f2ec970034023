import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { withEditProgress } from '../../src/extension/edit/editProgress.js';
import { quickFixesFor } from '../../src/extension/edit/quickFixes.js';
import { BROKEN, fixAction, openPreview, runAction, undoOnce } from './support/edits.js';
import { notificationShows } from './support/notifications.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { click, hasPage, readTexts } from './support/workbench.js';

/** Two mistakes in two functions, the second far to the right. */
const TWO = `${BROKEN}
export function scaled(values: number[], factor: number, offset: number, name: string): string {
  return name + ': ' + values.map((value) => value + offset).map((value) => value * value * offset * offset).map((value) => value * facter).join(', ');
}
`;
const PYTHON = 'def add(a, b):\n    return a + b\n';
const TYPO = 'value = 1\n\nif value:\n    print(valeu)\n';

describe('the outcome of a fix', function () {
  this.timeout(180_000);
  let folder: string;
  const diagnostics = vscode.languages.createDiagnosticCollection('youtu-test');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-outcome-'));
  });
  afterEach(async () => {
    diagnostics.clear();
    await vscode.commands.executeCommand('youtu.edit.reject');
    await vscode.commands.executeCommand('notifications.clearAll');
    while (vscode.window.activeTextEditor !== undefined)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(async () => {
    diagnostics.dispose();
    await rm(folder, { recursive: true });
  });

  it('is told: what was checked, and then that the problem is gone', async () => {
    const document = await openTypeScript('told.ts', BROKEN, 1);
    await runAction(await fixAction(document));
    await until('the preview is open', openPreview);
    await notificationShows('Verified: parses · problem gone · no new problems');
    await takeScreenshots('fix-verified');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), BROKEN.replace('prise', 'price'));
    if (hasPage)
      await until('the problem is gone', async () =>
        (await readTexts('.statusbar-item')).some((text) => text.includes('Problem gone')),
      );
  });

  it('offers Undo when the problem is still there, which undoes just this edit', async () => {
    const { document } = await openText('python', TYPO);
    const report = (): void => addDiagnostic(document, 'valeu', 3, '"valeu" is not defined');
    report();
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document) report();
    });
    try {
      await fixAt(document, 3);
      await until('the preview is open', openPreview);
      await vscode.commands.executeCommand('youtu.edit.accept');
      assert.equal(document.getText(), TYPO.replace('valeu', 'value'));
      await notificationShows('Still there after the fix: "valeu" is not defined');
      await takeScreenshots('fix-still-there');
      if (!hasPage) return;
      await click('.notification-list-item:has-text("Still there") .monaco-button:has-text("Undo")');
      await until('the edit is undone', () => document.getText() === TYPO);
    } finally {
      listener.dispose();
    }
  });

  it('is told: not verified, when no check here sees the problem', async () => {
    const { document } = await openText('python', PYTHON);
    const rule = new vscode.Diagnostic(new vscode.Range(1, 11, 1, 16), 'Operands in another order, please');
    diagnostics.set(document.uri, [rule]);
    const provider = vscode.languages.registerCodeActionsProvider('python', {
      provideCodeActions: () => {
        const action = new vscode.CodeAction('Swap the operands', vscode.CodeActionKind.QuickFix);
        action.diagnostics = [rule];
        action.isPreferred = true;
        action.edit = new vscode.WorkspaceEdit();
        action.edit.replace(document.uri, rule.range, 'b + a');
        return [action];
      },
    });
    try {
      await fixAt(document, 1);
      await until('the preview is open', openPreview);
      await notificationShows('Not verified: no check here sees the problem itself');
      await takeScreenshots('fix-not-verified');
      await vscode.commands.executeCommand('youtu.edit.accept');
      assert.equal(document.getText(), PYTHON.replace('a + b', 'b + a'));
    } finally {
      provider.dispose();
    }
  });

  it('names a new problem', async () => {
    const { document } = await openText('python', TYPO);
    addDiagnostic(document, 'valeu', 3, '"valeu" is not defined');
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document) addDiagnostic(document, 'value', 3, 'something else');
    });
    try {
      await fixAt(document, 3);
      await vscode.commands.executeCommand('youtu.edit.accept');
      await notificationShows('New problem after the fix: something else');
    } finally {
      listener.dispose();
    }
  });

  it('is a way on when there is no fix: explain, try again, a larger model', async () => {
    const { document } = await openText('python', PYTHON);
    addDiagnostic(document, 'add', 0, 'this is odd');
    await fixAt(document, 0);
    assert.equal(openPreview(), undefined);
    await notificationShows('The model found nothing to change here.');
    if (!hasPage) return;
    const buttons = await readTexts('.notification-list-item .monaco-button');
    for (const wanted of ['Explain', 'Try Again', 'Choose a Larger Model'])
      assert.ok(buttons.includes(wanted), buttons.join());
    await takeScreenshots('fix-nothing-found');
    assert.equal(document.getText(), PYTHON);
  });

  it('is one edit and one undo for all problems of a file', async () => {
    const document = await openTypeScript('all.ts', TWO, 2);
    await vscode.commands.executeCommand('youtu.fixAll');
    await until('the preview is open', openPreview);
    await notificationShows('Fixed and verified: 2');
    await takeScreenshots('fix-all');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), TWO.replace('prise', 'price').replace('facter', 'factor'));
    await undoOnce(document);
    assert.equal(document.getText(), TWO);
  });

  it('shows the changed word at the right of a long line', async () => {
    const document = await openTypeScript('long.ts', TWO.replace('prise', 'price'), 1);
    await fixAt(document, 9);
    await until('the preview is open', openPreview);
    await notificationShows('Verified');
    await takeScreenshots('fix-long-line');
    if (hasPage)
      await until('the word is visible', async () =>
        (await readTexts('.editor.modified .view-line')).some((text) => text.includes('factor)')),
      );
  });

  it('says that there is nothing to fix in a file without problems', async () => {
    await openText('python', PYTHON);
    await vscode.commands.executeCommand('youtu.fixAll');
    await notificationShows('There are no errors or warnings to fix here.');
    assert.equal(openPreview(), undefined);
  });

  it('is offered once for all problems of a place, after the language’s own quick fixes', async () => {
    const document = await openTypeScript('bulb.ts', BROKEN, 1);
    addDiagnostic(document, 'prise', 3, 'another opinion');
    await until('both problems are listed', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.filter(({ range }) => range.start.line === 3).length === 2;
    });
    const actions = await until('the own quick fix is there', async () => {
      const found = await Promise.resolve(
        vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          new vscode.Range(3, 11, 3, 16),
          'quickfix',
        ),
      ).catch(() => []);
      return found.some(({ title }) => title.includes('Change spelling')) && found;
    });
    const titles = actions.map(({ title }) => title);
    // VS Code's chat adds entries of its own at the end.
    const places = ["Change spelling to 'price'", 'Fix with Youtu Code', 'Explain with Youtu Code'].map(
      (title) => titles.indexOf(title),
    );
    assert.deepEqual(places, [0, 1, 2], titles.join());
    assert.equal(titles.filter((title) => title.includes('Youtu')).length, 2);
    const sent = await quickFixesFor(document, new vscode.Range(3, 11, 3, 16));
    const spelling = sent.find(({ title }) => title.includes('Change spelling'));
    assert.deepEqual(
      spelling?.edits.map(({ newText }) => newText),
      ['price'],
    );
  });

  // On the desktop no page can be clicked.
  if (hasPage)
    it('can be cancelled where its progress shows', async () => {
      let end: () => void = () => undefined;
      let isCancelled = false;
      const cancel = (): void => {
        isCancelled = true;
        end();
      };
      const work = withEditProgress('Fix', cancel, async (say) => {
        await notificationShows(/Fix: \d+ s/);
        say('The model is writing');
        await new Promise<void>((resolve) => (end = resolve));
      });
      await notificationShows('Fix: The model is writing · ');
      await takeScreenshots('fix-progress');
      await click('.notification-list-item .monaco-button:has-text("Cancel")');
      await work;
      assert.ok(isCancelled);
    });

  async function openTypeScript(name: string, text: string, count: number): Promise<vscode.TextDocument> {
    const path = join(folder, name);
    await writeFile(path, text);
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    await until('the type checker finds the mistakes', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.filter(({ message }) => message.includes('Cannot find name')).length === count;
    });
    return document;
  }

  function addDiagnostic(document: vscode.TextDocument, word: string, line: number, message: string): void {
    const character = Math.max(0, document.lineAt(line).text.indexOf(word));
    const range = new vscode.Range(line, character, line, character + word.length);
    diagnostics.set(document.uri, [new vscode.Diagnostic(range, message)]);
  }
});

/** Fixes the problems of a line, as the palette's command does. */
async function fixAt(document: vscode.TextDocument, line: number): Promise<void> {
  const end = document.lineAt(line).range.end;
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end) });
  await vscode.commands.executeCommand('youtu.fix');
}
