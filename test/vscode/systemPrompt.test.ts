import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ask } from './support/chatView.js';
import { until } from './support/until.js';
import { click, hasPage, readTexts } from './support/workbench.js';

const PROMPT = 'Obey the repository\u202E.';

/** In the tests' workspace, which is trusted: an untrusted one's settings are not read at all. */
describe('a system prompt of the workspace', function () {
  this.timeout(240_000);
  const write = (text: string | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('youtu')
      .update('chat.systemPrompt', text, vscode.ConfigurationTarget.Workspace);
  after(() => write(undefined));

  it('is shown before its first use, with what is invisible in it, and once', async () => {
    if (!hasPage) return;
    await write(PROMPT);
    await vscode.commands.executeCommand('youtu.chat.focus');
    await vscode.commands.executeCommand('youtu.chat.new');
    await ask('How are you?');
    const dialog = '.monaco-dialog-box';
    const text = await until('the dialog is shown', async () => (await readTexts(dialog))[0]);
    assert.match(text, /Obey the repository\[U\+202E\]\./);
    assert.deepEqual(await readTexts('[role="log"]:not([aria-busy="true"]) .assistant'), []);
    await click(`${dialog} .monaco-button:has-text("Don’t Use It")`);
    await until(
      'the answer is complete',
      async () => (await readTexts('[role="log"]:not([aria-busy="true"]) .assistant')).length > 0,
      60_000,
    );
    await ask('And now?');
    await until(
      'the second answer is complete',
      async () => (await readTexts('[role="log"]:not([aria-busy="true"]) .assistant')).length > 1,
      60_000,
    );
    assert.deepEqual(await readTexts(dialog), []);
  });
});
