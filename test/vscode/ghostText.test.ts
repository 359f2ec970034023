import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { openText, placeCursor } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { ghostTextShows, shownGhostText } from './support/shownGhostText.js';
import { press, settled, type } from './support/workbench.js';
import { youtu } from './support/youtu.js';

/** A typical first document; after typing, it must end with the model's line. */
const PYTHON =
  'import json\n\n\ndef read_config(path):\n    with open(path) as f:\n        return <cursor>\n';

describe('ghost text', function () {
  this.timeout(120_000);
  before(() => vscode.commands.executeCommand('workbench.view.explorer'));
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('appears after a key, from the model, and Tab accepts it', async () => {
    const { document } = await openText('python', PYTHON);
    await type('json.lo', 60);
    await ghostTextShows('ad(f)');
    await takeScreenshots('ghost-text');
    await press('Tab');
    await until('the text is inserted', () => document.lineAt(5).text === '        return json.load(f)');
    assert.equal(document.lineCount, 7);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.lineAt(5).text, '        return json.lo');
  });

  it('comes from the engine process, with a model that has infill tokens', async () => {
    const { status, pid } = await (await youtu()).report();
    assert.ok(status.kind === 'ready' || status.kind === 'working', status.kind);
    assert.equal(status.models[0]?.architecture, 'qwen2');
    assert.equal(status.models[0].hasInfill, true);
    assert.notEqual(pid, process.pid);
  });

  it('is not shown when it is disabled', async () => {
    const settings = vscode.workspace.getConfiguration('youtu', { languageId: 'python' });
    await settings.update('completion.enabled', false, vscode.ConfigurationTarget.Global, true);
    try {
      const { document } = await openText('python', PYTHON);
      await type('json.lo', 60);
      await settled();
      assert.equal(await shownGhostText(), '');
      assert.equal(document.lineAt(5).text, '        return json.lo');
    } finally {
      await settings.update('completion.enabled', undefined, vscode.ConfigurationTarget.Global, true);
    }
  });

  it('is not shown in a line of 100,000 characters', async () => {
    const { document } = await openText('javascript', `const text = '${'x'.repeat(100_000)}';\n<cursor>`);
    await type('const a = 1;', 20);
    await until('the keys arrive', () => document.lineAt(1).text === 'const a = 1;');
  });
});

describe('a file of many megabytes', function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'youtu-large-'))));
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await rm(folder, { recursive: true });
  });

  it('can be edited as without the extension, and is not sent to the engine', async () => {
    const path = join(folder, 'large.py');
    await writeFile(path, 'value = compute(1)\n'.repeat(1_200_000));
    const document = await vscode.workspace.openTextDocument(path);
    const editor = await vscode.window.showTextDocument(document);
    await placeCursor(editor, new vscode.Position(0, 0));
    await type('x = val', 20);
    await until('the keys arrive', () => document.lineAt(0).text.startsWith('x = val'));
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await settled();
    assert.equal(await shownGhostText(), '');
    const report = await (await youtu()).report();
    assert.notEqual(report.status.kind, 'failed');
  });
});

describe('a killed engine', function () {
  this.timeout(120_000);
  after(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('restarts automatically and answers again', async () => {
    const api = await youtu();
    const { pid } = await api.report();
    process.kill(pid, 'SIGKILL');
    await until(
      'the crash is detected',
      () => api.state.kind === 'restarting' || api.state.kind === 'running',
    );
    const next = await until('a new engine runs', async () => {
      const report = await api.report().catch(() => undefined);
      return report !== undefined && report.pid !== pid ? report : undefined;
    });
    assert.notEqual(next.pid, pid);
    const { document } = await openText('python', PYTHON);
    await type('json.lo', 60);
    await ghostTextShows('ad(f)');
    await press('Tab');
    await until('the text is inserted', () => document.lineAt(5).text === '        return json.load(f)');
  });

  it('gives the ghost text that it was asked for when it runs again, without another key', async () => {
    const api = await youtu();
    const { pid } = await api.report();
    await openText('python', PYTHON);
    await type('json.lo', 60);
    process.kill(pid, 'SIGKILL');
    await ghostTextShows('ad(f)');
    assert.notEqual((await api.report()).pid, pid);
  });
});
