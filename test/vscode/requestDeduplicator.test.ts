import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  RequestDeduplicator,
  type Answer,
  type Question,
} from '../../src/extension/completion/requestDeduplicator.js';
import { EditorPosition } from '../../src/extension/completion/requestDeduplicator.js';
import { openText } from './support/openText.js';

/** VS Code's requests for one state, which may overlap. */
describe('a duplicate request of VS Code', () => {
  const ANSWER = [new vscode.InlineCompletionItem('ad(f)')];
  let question: Question;
  let sent: vscode.CancellationToken[];
  let answer: (items: Answer) => void;
  let requests: RequestDeduplicator;
  let lateAnswers: Question[];

  beforeEach(async () => {
    const { document, selection } = await openText('python', 'json.lo<cursor>\n');
    question = {
      place: new EditorPosition(document, selection.active),
      isInvoked: false,
      selected: undefined,
      issuedAt: Date.now(),
    };
    sent = [];
    requests = new RequestDeduplicator(
      (_, token) => {
        sent.push(token);
        return new Promise((resolve) => (answer = resolve));
      },
      (late) => lateAnswers.push(late),
    );
    lateAnswers = [];
  });
  afterEach(async () => {
    requests.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const cancelled = (): boolean[] => sent.map(({ isCancellationRequested }) => isCancellationRequested);

  it('is answered when the first of the two is cancelled', async () => {
    const first = new vscode.CancellationTokenSource();
    const once = requests.ask(question, first.token);
    const again = requests.ask(question, new vscode.CancellationTokenSource().token);
    first.cancel();
    assert.equal(await once, undefined);
    answer(ANSWER);
    assert.deepEqual(await again, ANSWER);
    assert.deepEqual(cancelled(), [false]);
  });

  it('is cancelled with the last of them', async () => {
    const sources = [new vscode.CancellationTokenSource(), new vscode.CancellationTokenSource()];
    const answers = sources.map(({ token }) => requests.ask(question, token));
    for (const source of sources) source.cancel();
    assert.deepEqual(await Promise.all(answers), [undefined, undefined]);
    assert.deepEqual(cancelled(), [true]);
  });

  it('is still answered when it was cancelled for its age, though it came just now', async () => {
    const source = new vscode.CancellationTokenSource();
    const old = { ...question, issuedAt: Date.now() - 750 };
    const once = requests.ask(old, source.token);
    source.cancel();
    assert.equal(await once, undefined);
    assert.deepEqual(cancelled(), [false]);
    answer(ANSWER);
    await new Promise(setImmediate);
    assert.equal(lateAnswers.length, 1);
  });
});
