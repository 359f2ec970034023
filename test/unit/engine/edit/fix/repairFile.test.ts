import assert from 'node:assert/strict';
import { LineEditor, repaired, withoutSecondSign } from '../support/lineEditor.js';

/** Two mistakes that only a model can correct. */
const TWO = 'a = = 1\n\n\ndef f():\n    return 1\n\n\nb = = 2\n';

describe('repairing a file', () => {
  it('fixes one syntax error after another, with its message in the prompt', async () => {
    const editor = new LineEditor(withoutSecondSign);
    const { text, edits, left, isGivenUp } = await repaired(TWO, editor);
    assert.equal(text, TWO.replaceAll('= =', '='));
    assert.deepEqual([edits.length, left.length, isGivenUp], [2, 0, false]);
    assert.deepEqual(
      editor.requests.map(({ diagnostics }) => diagnostics.map(({ message }) => message)),
      [["invalid syntax near '='"], ["invalid syntax near '='"]],
    );
  });

  it('discards an answer that fixes nothing', async () => {
    const { text, edits, left, isGivenUp } = await repaired(
      'a = = 1\n',
      new LineEditor((line) => `${line}0`),
    );
    assert.deepEqual([text, edits.length, left.length, isGivenUp], ['a = = 1\n', 0, 1, true]);
  });

  it('retries after a wrong answer, but not after the same one', async () => {
    const answers = ['a = = 0', 'a = 1'];
    const retried = await repaired('a = = 1\n', new LineEditor(() => answers.shift()));
    assert.deepEqual([retried.text, retried.isGivenUp], ['a = 1\n', false]);
    const repeating = new LineEditor(() => 'a = = 0');
    assert.equal((await repaired('a = = 1\n', repeating)).isGivenUp, true);
    assert.equal(repeating.requests.length, 3);
  });

  it('keeps fixes when the remaining errors can’t be fixed', async () => {
    let count = 0;
    const { text, isGivenUp } = await repaired(
      TWO,
      new LineEditor((line) => (count++ === 0 ? withoutSecondSign(line) : undefined)),
    );
    assert.equal(text, TWO.replace('= =', '='));
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
    const { text, edits, isGivenUp } = await repaired('a = = 1\n', new LineEditor(() => undefined));
    assert.deepEqual([text, edits, isGivenUp], ['a = = 1\n', [], true]);
  });
});
