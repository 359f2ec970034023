import assert from 'node:assert/strict';
import { closeParenthesis, LineEditor, repaired } from '../support/lineEditor.js';

const TWO = 'print(1\n\n\ndef f():\n    return 1\n\n\nprint(2\n';

describe('repairing a file', () => {
  it('fixes one syntax error after another, with its message in the prompt', async () => {
    const editor = new LineEditor(closeParenthesis);
    const { text, edits, left, isGivenUp } = await repaired(TWO, editor);
    assert.equal(text, TWO.replace('(1', '(1)').replace('(2', '(2)'));
    assert.deepEqual([edits.length, left.length, isGivenUp], [2, 0, false]);
    assert.deepEqual(
      editor.requests.map(({ diagnostics }) => diagnostics.map(({ message }) => message)),
      [["'(' was never closed"], ["'(' was never closed"]],
    );
  });

  it('discards an answer that fixes nothing', async () => {
    const { text, edits, left, isGivenUp } = await repaired(
      'print(1\n',
      new LineEditor((line) => `${line}0`),
    );
    assert.deepEqual([text, edits.length, left.length, isGivenUp], ['print(1\n', 0, 1, true]);
  });

  it('retries after a wrong answer, but not after the same one', async () => {
    const answers = ['print(1]', 'print(1)'];
    const retried = await repaired('print(1\n', new LineEditor(() => answers.shift()));
    assert.deepEqual([retried.text, retried.isGivenUp], ['print(1)\n', false]);
    const repeating = new LineEditor(() => 'print(1]');
    assert.equal((await repaired('print(1\n', repeating)).isGivenUp, true);
    assert.equal(repeating.requests.length, 2);
  });

  it('keeps fixes when the remaining errors can’t be fixed', async () => {
    let count = 0;
    const { text, isGivenUp } = await repaired(
      TWO,
      new LineEditor((line) => (count++ === 0 ? closeParenthesis(line) : undefined)),
    );
    assert.equal(text, TWO.replace('(1', '(1)'));
    assert.equal(isGivenUp, true);
  });

  it('tries a given line once when its syntax is correct', async () => {
    const editor = new LineEditor((line) => line.replace('1', '2'));
    const place = { start: 1, end: 1, message: 'expected 2' };
    const { text } = await repaired('def f():\n    return 1\n', editor, place);
    assert.equal(text, 'def f():\n    return 2\n');
    assert.deepEqual(editor.requests.length, 1);
    assert.equal(editor.requests[0]?.diagnostics[0]?.message, 'expected 2');
    assert.equal(editor.requests[0].isSelection, false);
  });

  it('uses several given lines as the region', async () => {
    const editor = new LineEditor(() => 'a = 3');
    await repaired('a = 1\nb = 2\n', editor, { start: 0, end: 1 });
    const [request] = editor.requests;
    assert.equal(request?.isSelection, true);
    assert.deepEqual(request.range, { start: { line: 0, character: 0 }, end: { line: 1, character: 5 } });
  });

  it('rejects an answer that breaks correct syntax', async () => {
    const { text, isGivenUp } = await repaired('a = 1\n', new LineEditor(() => 'a = ('), {
      start: 0,
      end: 0,
    });
    assert.deepEqual([text, isGivenUp], ['a = 1\n', true]);
  });

  it('gives up when the model changes nothing', async () => {
    const { text, edits, isGivenUp } = await repaired('print(1\n', new LineEditor(() => undefined));
    assert.deepEqual([text, edits, isGivenUp], ['print(1\n', [], true]);
  });
});
