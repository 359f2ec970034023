import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerText, ask, completeAnswer } from './support/chatView.js';
import { openText } from './support/openText.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { hasPage, readTexts, screenshot, settled } from './support/workbench.js';
import { youtu } from './support/youtu.js';

/** Its answer fills the whole context. */
const LONG_QUESTION = 'Tell me a long story.';

/** The chat as a user sees it; on the desktop no page can be clicked, so only the commands run there. */
describe('the chat', function () {
  this.timeout(240_000);
  before(() => vscode.commands.executeCommand('youtu.chat.focus'));
  beforeEach(() => vscode.commands.executeCommand('youtu.chat.new'));
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('answers a question with the model, in Markdown', async () => {
    await ask('Write a Python function that adds two numbers. Only code.');
    if (!hasPage) return;
    const answer = await until('the answer is complete', () => completeAnswer(), 120_000);
    assert.match(answer, /def \w+\(/);
    assert.ok((await readTexts('[role="log"] pre')).length > 0, 'the code is a block');
    await takeScreenshots('chat');
  });

  it('stops on request, and keeps the text so far', async () => {
    await ask(LONG_QUESTION);
    if (!hasPage) return;
    await until('some of the answer is there', async () => (await answerText()).length > 60, 120_000);
    await vscode.commands.executeCommand('youtu.chat.stop');
    const kept = await until('it has stopped', () => completeAnswer());
    assert.ok(kept.length > 60);
    await until('nothing is written', async () => (await (await youtu()).report()).status.kind === 'ready');
    await settled();
    assert.equal(await answerText(), kept);
  });

  it('shows an explanation, with the code and its diagnostic', async () => {
    const editor = await openText('python', 'def half(x):\n    return x / 0\n<cursor>');
    editor.selection = new vscode.Selection(0, 0, 1, 16);
    // Resolves with the answer's end.
    await vscode.commands.executeCommand('youtu.explain');
    if (!hasPage) return;
    const question = await until(
      'the question is shown',
      async () => (await readTexts('[role="log"] .user'))[0],
    );
    assert.match(question, /Explain this code/);
    assert.match(question, /1-2/);
    await until('the answer is shown', async () => (await answerText()).length > 20);
    await screenshot('explain');
  });

  it('reports an engine crash during an answer, and keeps the text so far', async () => {
    const api = await youtu();
    await ask(LONG_QUESTION);
    if (!hasPage) return;
    const part = await until(
      'some of the answer is there',
      async () => {
        const text = await answerText();
        return text.length > 60 && text;
      },
      120_000,
    );
    const { pid } = await api.report();
    process.kill(pid, 'SIGKILL');
    const failure = await until('the failure is shown', async () => (await readTexts('.failure'))[0], 60_000);
    assert.match(failure, /engine stopped/i);
    assert.ok((await answerText()).startsWith(part.slice(0, 40)));
    await screenshot('chat-engine-died');
    const next = await until('a new engine runs', () => api.report().catch(() => undefined), 60_000);
    assert.notEqual(next.pid, pid);
  });
});
