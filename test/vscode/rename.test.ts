import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { renameSymbol } from '../../src/extension/rename/rename.js';
import { NamesRequest, type NamesParams } from '../../src/protocol/rename.js';
import { undoOnce } from './support/edits.js';
import { notificationShows } from './support/notifications.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { until } from './support/until.js';
import { hasPage, press, readTexts, settled } from './support/workbench.js';

const TEXT = 'export function calc(prices: number[]): number {\n  return prices.length;\n}\n\ncalc([1]);\n';
const PICKER = '.quick-input-widget .quick-input-list-entry';

/** Over VS Code's own TypeScript extension. */
describe('renaming with a suggested name', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'youtu-rename-'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function engine(): { readonly engine: ScriptedEngine; readonly asked: NamesParams[] } {
    const asked: NamesParams[] = [];
    const scripted = new ScriptedEngine(() => null);
    scripted.respond(NamesRequest, (params) => {
      asked.push(params);
      const { line, character } = params.position;
      const range = { start: params.position, end: { line, character: character + 4 } };
      return {
        range,
        oldName: 'calc',
        names: ['countPrices', 'priceCount', 'numberOfPrices'],
        model: 'scripted',
      };
    });
    return { engine: scripted, asked };
  }

  async function openFile(): Promise<vscode.TextDocument> {
    const path = join(folder, 'calc.ts');
    writeFileSync(path, TEXT);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 18, 0, 18);
    await until('TypeScript can rename', async () => {
      const edit = await Promise.resolve(
        vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
          'vscode.executeDocumentRenameProvider',
          document.uri,
          editor.selection.active,
          'other',
        ),
      ).catch(() => undefined);
      return edit !== undefined && edit.size > 0;
    });
    return document;
  }

  const shown = (): Promise<readonly string[]> =>
    until('the names are shown', async () => {
      const texts = await readTexts(PICKER);
      return texts.length >= 3 ? texts : undefined;
    });

  it('offers names and has the language rename it everywhere, as one undo', async () => {
    if (!hasPage) return;
    const document = await openFile();
    const { engine: scripted, asked } = engine();
    const renaming = renameSymbol(scripted);
    assert.deepEqual(
      (await shown()).map((text) => text.trim()),
      ['countPrices', 'priceCount', 'numberOfPrices'],
    );
    await takeScreenshots('rename');
    await press('ArrowDown');
    await press('Enter');
    await renaming;
    assert.equal(document.getText(), TEXT.replaceAll('calc', 'priceCount'));
    assert.deepEqual(asked[0]?.position, { line: 0, character: 16 });
    await undoOnce(document);
    assert.equal(document.getText(), TEXT);
  });

  it('renames nothing when no name is chosen', async () => {
    if (!hasPage) return;
    const document = await openFile();
    const renaming = renameSymbol(engine().engine);
    await shown();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await renaming;
    assert.equal(document.getText(), TEXT);
  });

  it('renames nothing in a text that has changed in the meantime', async () => {
    if (!hasPage) return;
    const document = await openFile();
    const renaming = renameSymbol(engine().engine);
    await shown();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// New.\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await renaming;
    assert.equal(document.getText(), `// New.\n${TEXT}`);
    await notificationShows('text changed');
  });

  it('says so where no language can rename, and asks no model', async () => {
    await openText('plaintext', 'some <cursor>words\n');
    const { engine: scripted, asked } = engine();
    await renameSymbol(scripted);
    await settled();
    assert.deepEqual(asked, []);
    await notificationShows('can rename “words” here');
  });
});
