import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import { takeScreenshots } from './support/screenshots.js';
import { useScriptedCoder } from './support/youtu.js';

/** Uses a tiny model, which is fast. */
describe('the benchmark command', function () {
  this.timeout(120_000);
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('youtu');
  before(async () => {
    const model = await makeTinyModel({ architecture: 'llama', replies: [{ after: '\n\n', text: 'Yes.' }] });
    await settings().update('model.chat', model, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await useScriptedCoder();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows its results in a document, with the model and the machine', async () => {
    await vscode.commands.executeCommand('youtu.benchmark');
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.equal(document?.languageId, 'markdown');
    const text = document.getText();
    assert.match(text, /^# Speed of tiny-llama-\w+ on this machine\n/);
    assert.match(text, /on the CPU/);
    const rows = text.split('\n').filter((line) => /^\| +\d+ → \d+ \|/.test(line));
    assert.deepEqual(
      rows.map((row) => row.split('|')[1]?.trim()),
      ['32 → 128', '64 → 256', '48 → 200', '128 → 150'],
    );
    for (const row of rows)
      assert.match(row, /\| +\d+\.\d\d s \| +\d+\.\d\d s \| +\d+\.\d \| +\d+\.\d \| +×\d+\.\d \| +\d/);
    await takeScreenshots('benchmark');
  });
});
