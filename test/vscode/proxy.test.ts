import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { youtu } from './support/youtu.js';

/** Nothing listens there, and nothing is downloaded in this test. */
const PROXY = 'http://127.0.0.1:9';

// Only Linux shows another process's variables as a file.
if (process.platform === 'linux')
  describe('VS Code’s proxy', function () {
    this.timeout(60_000);

    it('is passed to the engine, which downloads models', async () => {
      const settings = vscode.workspace.getConfiguration('http');
      await settings.update('proxy', PROXY, vscode.ConfigurationTarget.Global);
      try {
        await vscode.commands.executeCommand('youtu.engine.restart');
        const { pid } = await (await youtu()).report();
        const variables = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
        const named = process.env['HTTPS_PROXY'] ?? process.env['https_proxy'] ?? PROXY;
        assert.ok(variables.some((each) => each.toLowerCase() === `https_proxy=${named}`));
      } finally {
        await settings.update('proxy', undefined, vscode.ConfigurationTarget.Global);
        await vscode.commands.executeCommand('youtu.engine.restart');
      }
    });
  });
