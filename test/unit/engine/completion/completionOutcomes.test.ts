import assert from 'node:assert/strict';
import { EngineError, EngineErrorCode } from '../../../../src/protocol/errors.js';
import type { CompletionOutcome } from '../../../../src/protocol/completion.js';
import { Gate } from '../../support/gate.js';
import { ScriptedEditor, type EditorScript } from './support/scriptedEditor.js';
import { writes } from './support/writes.js';

/** An editor and the debug lines of its requests. */
function editorWith(
  marked: string,
  script: EditorScript,
): { readonly editor: ScriptedEditor; readonly lines: string[] } {
  const lines: string[] = [];
  return { editor: new ScriptedEditor(marked, { ...script, log: (line) => lines.push(line) }), lines };
}

async function outcomeAt(marked: string, answer = '', isInvoked = false): Promise<CompletionOutcome> {
  const { editor } = editorWith(marked, { answer: () => answer });
  return (await editor.answer({ isInvoked, isSingle: true })).outcome;
}

describe('the outcome of a completion request', () => {
  it('names the source of what is shown', async () => {
    const { editor } = editorWith('const a = ▮', { answer: writes('const a = foo(bar);') });
    const sources: unknown[] = [];
    for (const key of ['', '', 'f']) {
      editor.type(key);
      sources.push((await editor.answer()).outcome);
    }
    assert.deepEqual(
      sources,
      ['decoded', 'cached', 'typedThrough'].map((source) => ({ kind: 'shown', source, isPartial: false })),
    );
  });

  it('names the trigger rule that prevented it', async () => {
    assert.deepEqual(await outcomeAt('fo▮o'), { kind: 'notTriggered', gate: 'midWord' });
    assert.deepEqual(await outcomeAt('foo(▮ + 1)'), { kind: 'notTriggered', gate: 'midLine' });
    const long = `${'x'.repeat(6000)}▮`;
    assert.deepEqual(await outcomeAt(long), { kind: 'notTriggered', gate: 'unsupportedPosition' });
  });

  it('names the rule that dropped the text, again for a cached answer', async () => {
    const { editor } = editorWith('▮\nreturn total;\n', { answer: () => 'return total;' });
    const dropped = { kind: 'dropped', rule: 'dropRepeatedNextLine' };
    assert.deepEqual((await editor.answer()).outcome, dropped);
    assert.deepEqual((await editor.answer()).outcome, dropped);
  });

  it('reports an empty result', async () =>
    assert.deepEqual(await outcomeAt('const a = ▮'), { kind: 'emptyAnswer' }));

  it('reports a low confidence', async () => {
    const { editor } = editorWith('const a = ▮', {
      answer: writes('const a = foo(bar);'),
      probability: 0.01,
    });
    const { outcome } = await editor.answer({ partialAfterMs: Number.POSITIVE_INFINITY });
    assert.deepEqual(outcome, { kind: 'lowConfidence' });
  });

  it('reports a missing model, and a failure', async () => {
    const outcomeOfFailure = async (before: () => never): Promise<unknown> => {
      const { editor, lines } = editorWith('const a = ▮', { answer: () => '', before });
      await assert.rejects(editor.answer());
      assert.equal(lines.length, 1);
      return (await editor.why()).outcome;
    };
    const noModel = new EngineError(EngineErrorCode.noModel, { kind: 'noModel', role: 'completion' });
    assert.deepEqual(
      await outcomeOfFailure(() => {
        throw noModel;
      }),
      { kind: 'noModel', role: 'completion' },
    );
    assert.deepEqual(
      await outcomeOfFailure(() => {
        throw new Error('unexpected');
      }),
      { kind: 'failed' },
    );
  });

  it('is a cancellation for a superseded request, not a failure', async () => {
    const gate = new Gate();
    let tokens = 0;
    const { editor, lines } = editorWith('const a = ▮', {
      answer: writes('const a = foo(bar);', 'const a = xylophone;'),
      before: ({ operation }) => (operation === 'token' && ++tokens === 5 ? gate.pass() : undefined),
    });
    const first = assert.rejects(editor.answer(), { name: 'AbortError' });
    await gate.arrival();
    const second = editor.answer({ maxLines: 3 });
    await gate.release();
    await Promise.all([first, second]);
    assert.match(lines[0] ?? '', /: (?:cancelled|too late), superseded;/);
  });

  it('is logged once for each request, with times and without text', async () => {
    const { editor, lines } = editorWith('const secretName = ▮', {
      answer: writes('const secretName = foo(bar);'),
    });
    await editor.answer();
    await editor.answer();
    assert.equal(lines.length, 2);
    assert.match(
      lines[0] ?? '',
      /^completion \(automatic\) at 1:20: shown, decoded; .*queueMs \d+.*totalMs \d+$/,
    );
    assert.ok(!lines.join('').includes('secretName') && !lines.join('').includes('foo'));
  });
});

describe('why nothing was shown', () => {
  it('is the last outcome where the text is unchanged', async () => {
    const { editor } = editorWith('▮\nreturn total;\n', { answer: () => 'return total;' });
    await editor.answer();
    const { decodings } = editor;
    const { outcome, isRecorded } = await editor.why();
    assert.deepEqual(outcome, { kind: 'dropped', rule: 'dropRepeatedNextLine' });
    assert.ok(isRecorded);
    assert.equal(editor.decodings, decodings);
  });

  it('is determined by an automatic request where there was none', async () => {
    const { editor } = editorWith('fo▮o', { answer: () => 'bar' });
    const { outcome, isRecorded } = await editor.why();
    assert.deepEqual(outcome, { kind: 'notTriggered', gate: 'midWord' });
    assert.ok(!isRecorded);
  });
});
