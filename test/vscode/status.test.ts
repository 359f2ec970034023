import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { completionSwitches } from '../../src/extension/completion/completionSwitches.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { hasPage, press, readText, readTexts, type } from './support/workbench.js';
import { useScriptedCoder, youtu } from './support/youtu.js';

const ITEM = '[id="youtu-code.youtu-code.youtu.status"]';

describe('the status', function () {
  this.timeout(180_000);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows the model, its device and the next steps on click', async () => {
    await openText('python', 'def square(x):\n    return <cursor>\n');
    await type('x', 50);
    const api = await youtu();
    await until(
      'a model is loaded',
      () => api.state.kind === 'running' && api.state.status.kind === 'ready',
      60_000,
    );
    if (!hasPage) return;
    assert.match(await readText(ITEM), /Youtu/);
    void vscode.commands.executeCommand('youtu.engine.status');
    const lines = await until('the menu is open', async () => {
      const texts = await readTexts('.quick-input-widget .quick-input-list-entry');
      return texts.length > 4 ? texts.join('\n').replaceAll('\u00a0', ' ') : undefined;
    });
    assert.match(lines, /qwen2\.5-coder-/);
    assert.match(lines, /CPU/);
    assert.match(lines, /for ghost text(?: and chat)?, on the CPU/);
    for (const step of [
      'Show the log',
      'Open the chat',
      'Start the HTTP server',
      'Measure the model’s speed',
    ])
      assert.ok(lines.includes(step), step);
    assert.match(lines, /Ghost text is on for python/);
    await takeScreenshots('status');
    await press('Escape');
  });

  it('shows where ghost text is off, and toggles it for the current language', async () => {
    const isOn = (): boolean =>
      vscode.workspace.getConfiguration('youtu', { languageId: 'python' }).get('completion.enabled', true);
    await openText('python', 'x = 1\n');
    if (!hasPage) return;
    try {
      await chooseInMenu('Turn off ghost text for python');
      await until('it is off', () => !isOn());
      await until('the item shows it', async () => (await readTexts(`${ITEM} .codicon-circle-slash`)).length);
      await openText('plaintext', 'other\n');
      await until('another language is on', async () => (await readTexts(`${ITEM} .codicon-sparkle`)).length);
      await openText('python', 'x = 2\n');
      await chooseInMenu('Turn on ghost text for python');
      await until('it is on', isOn);
      await until('the item shows it too', async () => (await readTexts(`${ITEM} .codicon-sparkle`)).length);
    } finally {
      await vscode.workspace
        .getConfiguration('youtu', { languageId: 'python' })
        .update('completion.enabled', undefined, vscode.ConfigurationTarget.Global, true);
    }
  });

  it('turns ghost text off everywhere, also in languages where it was turned on', async () => {
    const settings = vscode.workspace.getConfiguration('youtu', { languageId: 'python' });
    await settings.update('completion.enabled', true, vscode.ConfigurationTarget.Global, true);
    const [, everywhere] = completionSwitches('plaintext');
    assert.ok(everywhere);
    try {
      await everywhere.turn();
      for (const languageId of ['python', 'plaintext'])
        assert.equal(
          vscode.workspace.getConfiguration('youtu', { languageId }).get('completion.enabled'),
          false,
        );
    } finally {
      await completionSwitches(undefined)[0]?.turn();
    }
  });

  it('reports a model that can’t be used, and recovers with another choice', async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    const api = await youtu();
    await settings.update('model.completion', '/nowhere/absent.gguf', vscode.ConfigurationTarget.Global);
    try {
      // New texts, since cached completions need no model.
      await openText('python', 'def area(width, height):\n    return <cursor>\n');
      await type('wid', 50);
      await until(
        'the failure is shown',
        () => api.state.kind === 'running' && api.state.status.kind === 'failed',
        60_000,
      );
      // The page shows a state a moment after the extension has it.
      if (hasPage) await until('the item says so', async () => /model failed/.test(await readText(ITEM)));
    } finally {
      await useScriptedCoder();
    }
    await openText('python', 'def volume(width, height, depth):\n    return <cursor>\n');
    await type('wid', 50);
    await until(
      'the model is back',
      () => api.state.kind === 'running' && api.state.status.kind === 'ready',
      60_000,
    );
  });

  it('stops restarting after too many crashes, and starts again on request', async () => {
    const api = await youtu();
    for (let death = 0; death < 5 && api.state.kind !== 'crashed'; death++) {
      const report = await api.report().catch(() => undefined);
      if (report === undefined) continue;
      process.kill(report.pid, 'SIGKILL');
      await until('the crash is detected', () => api.state.kind !== 'running');
    }
    await until('it has stopped restarting', () => api.state.kind === 'crashed');
    if (hasPage) assert.match(await readText(ITEM), /stopped/);
    await vscode.commands.executeCommand('youtu.engine.restart');
    const { pid } = await api.report();
    assert.ok(pid > 0);
    assert.equal(api.state.kind, 'running');
  });
});

/** Opens the status menu and picks the line. */
async function chooseInMenu(label: string): Promise<void> {
  void vscode.commands.executeCommand('youtu.engine.status');
  await until(`the menu offers “${label}”`, async () =>
    (await readTexts('.quick-input-widget .quick-input-list-entry')).some((text) => text.includes(label)),
  );
  await type(label);
  await press('Enter');
}
