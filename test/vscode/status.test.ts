import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText } from './support/openText.js';
import { pictures } from './support/pictures.js';
import { until } from './support/until.js';
import { hasPage, press, readText, readTexts, type } from './support/workbench.js';
import { youtu } from './support/youtu.js';

const ITEM = '[id="youtu-code.youtu-code.youtu.status"]';

describe('the status', function () {
  this.timeout(180_000);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('names the model and its device behind a click, with the next steps', async () => {
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
    assert.match(lines, /qwen2\.5-coder-0\.5b/);
    assert.match(lines, /CPU/);
    assert.match(lines, /Show the log/);
    await pictures('status');
    await press('Escape');
  });

  it('tells when the chosen model can’t be used, and recovers with another choice', async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    const api = await youtu();
    await settings.update('model.completion', '/nowhere/absent.gguf', vscode.ConfigurationTarget.Global);
    try {
      await openText('python', 'def square(x):\n    return <cursor>\n');
      await type('x', 50);
      await until(
        'the failure shows',
        () => api.state.kind === 'running' && api.state.status.kind === 'failed',
        60_000,
      );
      if (hasPage) assert.match(await readText(ITEM), /model failed/);
    } finally {
      await settings.update('model.completion', undefined, vscode.ConfigurationTarget.Global);
    }
    await type(' ', 50);
    await until(
      'the model is back',
      () => api.state.kind === 'running' && api.state.status.kind === 'ready',
      60_000,
    );
  });

  it('gives up after too many deaths, and starts again when asked to', async () => {
    const api = await youtu();
    for (let death = 0; death < 5 && api.state.kind !== 'crashed'; death++) {
      const report = await api.report().catch(() => undefined);
      if (report !== undefined) process.kill(report.pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    await until('it has given up', () => api.state.kind === 'crashed');
    if (hasPage) assert.match(await readText(ITEM), /stopped/);
    await vscode.commands.executeCommand('youtu.engine.restart');
    const { pid } = await api.report();
    assert.ok(pid > 0);
    assert.equal(api.state.kind, 'running');
  });
});
