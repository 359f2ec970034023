import assert from 'node:assert/strict';
import { Gate } from '../../../support/gate.js';
import { FakeClock } from '../support/fakeClock.js';
import { ScriptedEditor } from '../support/scriptedEditor.js';
import { writes } from '../support/writes.js';

describe('a prefetch', () => {
  const text = 'function f() {\n  ▮\n}\n\nfunction g() {\n  \n}\n';
  const answer = writes('{\n  const x = 1;');
  /** Longer than the delay before a prefetch. */
  const READING_MS = 400;

  it('is not started for a document that is closed', async () => {
    const clock = new FakeClock();
    const editor = new ScriptedEditor(text, { answer, clock });
    await editor.ask();
    editor.service.closed(editor.document.uri);
    clock.advance(READING_MS);
    assert.equal(editor.decodings, 1);
  });

  it('is replaced by a prefill where the user has moved to', async () => {
    const clock = new FakeClock();
    const editor = new ScriptedEditor(text, { answer, clock });
    await editor.ask();
    await editor.service.moved(editor.document, { line: 5, character: 2 });
    const { decodings } = editor;
    clock.advance(READING_MS);
    assert.equal(editor.decodings, decodings);
  });

  it('is aborted when the user moves away', async () => {
    const gate = new Gate();
    let decodings = 0;
    const clock = new FakeClock();
    const editor = new ScriptedEditor(text, {
      answer,
      clock,
      before: ({ operation }) => (operation === 'rewind' && ++decodings === 2 ? gate.pass() : undefined),
    });
    await editor.ask();
    clock.advance(READING_MS);
    await gate.arrival();
    const moving = editor.service.moved(editor.document, { line: 5, character: 2 });
    await gate.release();
    const { tokens } = editor;
    await moving;
    assert.equal(editor.model.steps.at(-1)?.operation, 'prefill');
    assert.equal(editor.tokens, tokens);
  });
});
