import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { HubServer } from '../unit/engine/catalogue/support/hubServer.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { notificationShows } from './support/notifications.js';
import { hasPage, readText, readTexts, type } from './support/workbench.js';
import { useNoModel, useScriptedCoder, youtu } from './support/youtu.js';

/** The smallest model of the catalogue. */
const SMALLEST = { id: 'smollm2-135m', file: 'SmolLM2-135M-Instruct.Q4_1.gguf', sizeBytes: 98_362_432 };

const ITEM = '[id="youtu-code.youtu-code.youtu.status"]';

describe('a machine without a model', function () {
  this.timeout(240_000);
  let folder: string;

  let hub: HubServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-models-'));
    hub = await HubServer.start(await readFile(join(process.env['YOUTU_TEST_MODELS'] ?? '', SMALLEST.file)));
    await useNoModel();
    await update('model.folder', folder);
    await update('model.sources', [hub.url]);
  });
  after(async () => {
    await update('model.folder', undefined);
    await update('model.sources', undefined);
    await useScriptedCoder();
    await hub.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });

  it('shows it in the status, offers the starter in the chat, and shows no message in the editor', async () => {
    const { document } = await openText('python', 'def square(x):\n    return <cursor>\n');
    await type('x', 50);
    const api = await youtu();
    await until(
      'the missing model is shown',
      () => api.state.kind === 'running' && api.state.status.kind === 'noModel',
      60_000,
    );
    await until('the key arrives alone', () => document.lineAt(1).text === '    return x');
    await vscode.commands.executeCommand('youtu.chat.focus');
    if (!hasPage) return;
    await until('the chat shows what is missing', async () =>
      (await readTexts('button')).some((text) => /download/i.test(text)),
    );
    await takeScreenshots('no-model');
  });

  it('shows a download in the status item and the chat, and uses the model when it is done', async () => {
    hub.behaviour = { kind: 'slow', bytes: 2_000_000, pauseMs: 100 };
    const download = vscode.commands.executeCommand('youtu.model.download', SMALLEST.id);
    if (hasPage) {
      await until('the status item shows the part that is there', async () =>
        /Youtu: [1-9]\d?%/.test(await readText(ITEM)),
      );
      await notificationShows(/Downloading SmolLM2.* MB \/ 98 MB · [\d.]+ MB\/s · \d+ s left/);
      await takeScreenshots('download');
      await vscode.commands.executeCommand('youtu.chat.focus');
      await until('the chat shows it, too', async () =>
        (await readTexts('.notice')).some((text) => /Downloading SmolLM2/.test(text)),
      );
    }
    await download;
    await notificationShows('SmolLM2 135M Instruct (4-bit) is ready.');
    const { size } = await stat(join(folder, SMALLEST.file));
    assert.equal(size, SMALLEST.sizeBytes);
    const leftOvers = (await readdir(folder)).filter((name) => name.includes('.partial'));
    assert.deepEqual(leftOvers, []);
    await openText('python', 'def square(x):\n    return <cursor>\n');
    await type('x', 50);
    const api = await youtu();
    const id = await until(
      'the new model is loaded',
      () => {
        const { state } = api;
        return state.kind === 'running' && state.status.kind === 'ready' && state.status.models[0]?.id;
      },
      60_000,
    );
    assert.equal(id, SMALLEST.id);
  });
});

async function update(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('youtu').update(name, value, vscode.ConfigurationTarget.Global);
}
