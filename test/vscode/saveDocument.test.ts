import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { saveDocument } from '../../src/extension/tests/saveDocument.js';
import { until } from './support/until.js';

describe('saving a document', function () {
  this.timeout(60_000);
  const files = vscode.workspace.getConfiguration('files');
  const setAutoSave = async (value: string | undefined, delay: number | undefined): Promise<void> => {
    await files.update('autoSave', value, vscode.ConfigurationTarget.Global);
    await files.update('autoSaveDelay', delay, vscode.ConfigurationTarget.Global);
  };
  let folder: string;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-save-'));
    await writeFile(join(folder, 'a.txt'), 'old');
    document = await vscode.workspace.openTextDocument(join(folder, 'a.txt'));
  });
  afterEach(async () => {
    await setAutoSave(undefined, undefined);
    await rm(folder, { recursive: true, force: true });
  });

  it('waits for auto save, which is busy with it', async () => {
    let isSaving = false;
    const slow = vscode.workspace.onWillSaveTextDocument((event) => {
      if (event.document !== document) return; // the settings are saved, too
      isSaving = true;
      event.waitUntil(sleep(500));
    });
    await setAutoSave('afterDelay', 50);
    await insert(document, 'new ');
    await until('auto save is busy', () => isSaving);
    assert.equal(await saveDocument(document), true);
    slow.dispose();
    assert.equal(document.isDirty, false);
    assert.equal(await readFile(join(folder, 'a.txt'), 'utf8'), 'new old');
  });
});

async function insert(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
}
