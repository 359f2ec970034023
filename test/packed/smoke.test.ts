import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ask, completeAnswer } from '../vscode/support/chatView.js';
import { BROKEN, fixAction, openPreview, runAction } from '../vscode/support/edits.js';
import { openText } from '../vscode/support/openText.js';
import { takeScreenshots } from '../vscode/support/screenshots.js';
import { ghostTextShows } from '../vscode/support/shownGhostText.js';
import { until } from '../vscode/support/until.js';
import { hasPage, press, readText, readTexts, type } from '../vscode/support/workbench.js';
import { youtu } from '../vscode/support/youtu.js';

/** The parts of the manifest that VS Code registers. */
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    }[];
  };
}

const STATUS_ITEM = '[id="youtu-code.youtu-code.youtu.status"]';
/** A typical first document. */
const PYTHON =
  'import json\n\n\ndef read_config(path):\n    with open(path) as f:\n        return <cursor>\n';

/** A new user's first steps, with the VSIX installed and the starter model. */
describe('the packed extension', function () {
  this.timeout(180_000);
  before(() => vscode.commands.executeCommand('workbench.view.explorer'));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is active from its install location', async () => {
    const extension = vscode.extensions.getExtension('youtu-code.youtu-code');
    assert.ok(extension, 'the extension is not installed');
    await until('the extension is active', () => extension.isActive);
    assert.notEqual(extension.extensionPath, process.env['YOUTU_ROOT']);
  });

  it('registers its commands and its settings', async () => {
    await youtu();
    const { contributes } = vscode.extensions.getExtension('youtu-code.youtu-code')?.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.filter(({ command }) => !registered.has(command)),
      [],
    );
    const settings = vscode.workspace.getConfiguration();
    for (const { properties } of [contributes.configuration].flat())
      for (const [name, { default: value }] of Object.entries(properties))
        assert.deepEqual(settings.inspect(name)?.defaultValue, value, name);
  });

  it('answers a question in the chat, in Markdown', async () => {
    await vscode.commands.executeCommand('youtu.chat.focus');
    await vscode.commands.executeCommand('youtu.chat.new');
    await ask('Write a Python function that adds two numbers. Only code.');
    if (!hasPage) return;
    const answer = await until('the answer is complete', () => completeAnswer(), 120_000);
    assert.match(answer, /def \w+\(/);
    assert.ok((await readTexts('[role="log"] pre')).length > 0, 'the code is a block');
    await takeScreenshots('chat');
  });

  it('completes with ghost text after a key, and Tab accepts it', async () => {
    const { document } = await openText('python', PYTHON);
    await type('json.lo', 60);
    await ghostTextShows('ad(f)');
    await takeScreenshots('ghost-text');
    await press('Tab');
    await until('the text is inserted', () => document.lineAt(5).text === '        return json.load(f)');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('names the model and its device in the status menu', async () => {
    const { status, pid } = await (await youtu()).report();
    assert.notEqual(pid, process.pid);
    assert.ok(status.kind === 'ready' || status.kind === 'working', status.kind);
    assert.equal(status.models[0]?.architecture, 'qwen2');
    if (!hasPage) return;
    assert.match(await readText(STATUS_ITEM), /Youtu/);
    void vscode.commands.executeCommand('youtu.engine.status');
    const lines = await until('the menu is open', async () => {
      const texts = await readTexts('.quick-input-widget .quick-input-list-entry');
      return texts.length > 4 ? texts.join('\n').replaceAll('\u00a0', ' ') : undefined;
    });
    assert.match(lines, /qwen2\.5-coder-/);
    assert.match(lines, /CPU/);
    await takeScreenshots('status');
    await press('Escape');
  });

  it('fixes an error from the light bulb, shown as a diff', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-fix-'));
    const path = join(folder, 'total.ts');
    await writeFile(path, BROKEN);
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    await runAction(await fixAction(document));
    await until('the preview is open', openPreview);
    await takeScreenshots('fix-preview');
    await vscode.commands.executeCommand('youtu.edit.accept');
    assert.equal(document.getText(), BROKEN.replace('prise', 'price'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await rm(folder, { recursive: true });
  });

  it('serves the model over HTTP, with a page for a browser', async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    await settings.update('server.port', 18_232, vscode.ConfigurationTarget.Global);
    // The message with the address stays until it is dismissed.
    void vscode.commands.executeCommand('youtu.server.start');
    const page = await until('the server answers', () =>
      fetch('http://127.0.0.1:18232/').catch(() => undefined),
    );
    assert.match(await page.text(), /<!doctype html>/i);
    await vscode.commands.executeCommand('youtu.server.stop');
    await settings.update('server.port', undefined, vscode.ConfigurationTarget.Global);
  });

  it('restarts its engine after it was killed', async () => {
    const api = await youtu();
    const { pid } = await api.report();
    process.kill(pid, 'SIGKILL');
    const next = await until('a new engine runs', async () => {
      const report = await api.report().catch(() => undefined);
      return report !== undefined && report.pid !== pid && report;
    });
    assert.notEqual(next.pid, pid);
  });
});
