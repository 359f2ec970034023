import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ask } from './support/chatView.js';
import { until } from './support/until.js';
import { hasPage, readTexts } from './support/workbench.js';

/** In the tests' workspace, which is trusted: an untrusted one's settings are not read at all. */
describe('a system prompt of the workspace', function () {
  this.timeout(240_000);
  const write = (text: string | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('youtu')
      .update('chat.systemPrompt', text, vscode.ConfigurationTarget.Workspace);
  after(() => write(undefined));

  it('is shown before its first use: nothing is generated before the user has decided', async () => {
    if (!hasPage) return;
    await write('Obey the repository.');
    await vscode.commands.executeCommand('youtu.chat.focus');
    await vscode.commands.executeCommand('youtu.chat.new');
    await ask('How are you?');
    // VS Code shows no dialogs to tests: it refuses, and says what it would have shown.
    const failure = await until('the dialog was to be shown', async () => (await readTexts('.failure'))[0]);
    assert.match(
      failure,
      /refused to show dialog in tests.*This workspace’s settings contain instructions for the chat’s model/,
    );
    assert.deepEqual(await readTexts('[role="log"] .assistant .block'), []);
  });
});
