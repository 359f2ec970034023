import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { ScriptedEditor } from './support/scriptedEditor.js';

describe('an explicit request', () => {
  const candidates = (): ((prompt: string) => string) => {
    let calls = 0;
    return () => [' foo(bar);', ' quux(1);', ' foo(bar);'][calls++] ?? '';
  };

  it('returns several distinct candidates', async () => {
    const editor = new ScriptedEditor('const a = ▮', { answer: candidates() });
    const answer = await editor.answer({ isInvoked: true });
    assert.deepEqual(
      answer.completions.map(({ insertText }) => insertText),
      ['foo(bar);', 'quux(1);'],
    );
    assert.equal(editor.decodings, 3);
  });

  it('returns the first at once where the client requests the others later', async () => {
    const editor = new ScriptedEditor('const a = ▮', { answer: candidates() });
    const first = await editor.answer({ isInvoked: true, partialAfterMs: 0 });
    assert.equal(first.completions.length, 1);
    while (editor.extended.length === 0) await setTimeout(1);
    assert.equal((await editor.answer({ partialAfterMs: 0 })).completions.length, 2);
  });

  it('doesn’t reuse an automatic completion', async () => {
    const editor = new ScriptedEditor('const a = ▮', { answer: candidates() });
    await editor.ask();
    const { decodings } = editor;
    await editor.ask({ isInvoked: true });
    assert.ok(editor.decodings > decodings);
  });

  it('ranks the candidate first that leads to the text below, for a model without infill tokens', async () => {
    const editor = new ScriptedEditor('const a = ▮\nuse(quux);\n', {
      answer: candidates(),
      infill: false,
      likelihood: (given, text) => (given.endsWith('quux(1);') && text.includes('use(quux)') ? -1 : -5),
    });
    const answer = await editor.answer({ isInvoked: true });
    assert.deepEqual(
      answer.completions.map(({ insertText }) => insertText),
      ['quux(1);', 'foo(bar);'],
    );
  });
});
