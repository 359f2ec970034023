import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { allocatorEnvironment } from '../../src/protocol/allocator.js';
import { youtu } from './support/youtu.js';

/** Nothing listens there, and nothing is downloaded in this test. */
const PROXY = 'http://127.0.0.1:9';

// Only Linux shows another process's variables as a file.
if (process.platform === 'linux')
  describe('the engine’s environment', function () {
    this.timeout(60_000);

    const variables = async (): Promise<readonly string[]> => {
      const { pid } = await (await youtu()).report();
      return (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
    };

    it('has VS Code’s proxy, because the engine downloads models', async () => {
      const settings = vscode.workspace.getConfiguration('http');
      await settings.update('proxy', PROXY, vscode.ConfigurationTarget.Global);
      try {
        await vscode.commands.executeCommand('youtu.engine.restart');
        const named = process.env['HTTPS_PROXY'] ?? process.env['https_proxy'] ?? PROXY;
        assert.ok((await variables()).some((each) => each.toLowerCase() === `https_proxy=${named}`));
      } finally {
        await settings.update('proxy', undefined, vscode.ConfigurationTarget.Global);
        await vscode.commands.executeCommand('youtu.engine.restart');
      }
    });

    it('lets the allocator give memory back', async () => {
      const given = await variables();
      for (const [name, value] of Object.entries(allocatorEnvironment({ ...process.env })))
        assert.ok(given.includes(`${name}=${value}`), name);
    });
  });
