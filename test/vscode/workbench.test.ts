import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText } from './support/openText.js';
import { until } from './support/until.js';
import { readText, hasPage, screenshot, type } from './support/workbench.js';

describe('the workbench', () => {
  it('activates the extension', async () => {
    const extension = vscode.extensions.getExtension('youtu-code.youtu-code');
    assert.ok(extension, 'the extension is not installed');
    await until('the extension is active', () => extension.isActive);
  });

  it('runs the extension from the requested location', () => {
    const isPacked = process.env['YOUTU_PACKED'] !== undefined;
    const path = vscode.extensions.getExtension('youtu-code.youtu-code')?.extensionPath;
    assert.equal(path === process.env['YOUTU_ROOT'], !isPacked, path);
  });

  it('inserts typed keys into a document', async () => {
    const { document } = await openText('plaintext', '<cursor> world\n');
    await type('Hello, 你好');
    await until('the text arrives', () => document.getText() === 'Hello, 你好 world\n');
    await screenshot('workbench');
    if (hasPage) assert.match(await readText('.monaco-editor .view-lines'), /Hello,\s你好/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
