import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EngineState } from '../../src/extension/engine/engineClient.js';
import { answerText, ask } from './support/chatView.js';
import { openText } from './support/openText.js';
import { ghostTextShows } from './support/shownGhostText.js';
import { until } from './support/until.js';
import { hasPage, press, readTexts, type } from './support/workbench.js';
import { youtu } from './support/youtu.js';

const PYTHON =
  'import json\n\n\ndef read_config(path):\n    with open(path) as f:\n        return <cursor>\n';

describe('a restart of the engine', function () {
  this.timeout(240_000);
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const [when, count] of [
    ['while keys are typed', 1],
    ['twice, while keys are typed', 2],
  ] as const)
    it(`${when}: suggestions come, answers stream, and no crash is reported`, async () => {
      const api = await youtu();
      const { pid } = await api.report();
      await vscode.commands.executeCommand('notifications.clearAll');
      const { document } = await openText('python', PYTHON);
      const seen = new Set<EngineState['kind']>();
      const watching = setInterval(() => seen.add(api.state.kind), 5);
      try {
        const typed = type('json.lo', 60);
        for (let restart = 0; restart < count; restart++)
          await Promise.all([
            vscode.commands.executeCommand('youtu.engine.restart'),
            // The second restart falls into the first one's start.
            vscode.commands.executeCommand('youtu.engine.restart'),
          ]);
        await typed;
        const report = await api.report();
        assert.notEqual(report.pid, pid);
        assert.throws(() => process.kill(pid, 0), 'the old process is gone');
        await ghostTextShows('ad(f)');
        await press('Tab');
        await until('the text is in', () => document.lineAt(5).text === '        return json.load(f)');
      } finally {
        clearInterval(watching);
      }
      assert.equal(seen.has('crashed') || seen.has('restarting'), false, [...seen].join());
      if (!hasPage) return;

      await vscode.commands.executeCommand('youtu.chat.focus');
      await vscode.commands.executeCommand('youtu.chat.new');
      await ask('Tell me a long story.');
      // Its answer fills the context: without progress messages it would be shown only at its end.
      await until('the answer streams', async () => {
        const [busy] = await readTexts('[role="log"][aria-busy="true"]');
        return busy !== undefined && (await answerText()).length > 40;
      });
      await vscode.commands.executeCommand('youtu.chat.stop');
      await vscode.commands.executeCommand('notifications.showList');
      const notices = await readTexts('.notification-list-item');
      await vscode.commands.executeCommand('notifications.hideList');
      assert.deepEqual(
        notices.filter((text) => /stopped|crash|connection|went wrong/i.test(text)),
        [],
      );
    });

  it('during an answer: the answer is kept, and says that it was interrupted by it', async () => {
    if (!hasPage) return;
    await vscode.commands.executeCommand('youtu.chat.focus');
    await vscode.commands.executeCommand('youtu.chat.new');
    await ask('Tell me a long story.');
    const part = await until('some of the answer is there', async () => {
      const text = await answerText();
      return text.length > 60 && text;
    });
    await vscode.commands.executeCommand('youtu.engine.restart');
    const failure = await until('the failure is shown', async () => (await readTexts('.failure'))[0]);
    assert.match(failure, /was restarted/);
    assert.ok((await answerText()).startsWith(part.slice(0, 40)));
  });
});
