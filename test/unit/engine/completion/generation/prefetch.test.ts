import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { Gate } from '../../../support/gate.js';
import { ScriptedEditor } from '../support/scriptedEditor.js';
import { writes } from '../support/writes.js';

describe('what would follow an answer', () => {
  const text = 'function f() {\n  ▮\n}\n\nfunction g() {\n  \n}\n';
  const answer = writes('{\n  const x = 1;');
  /** Longer than an answer is looked at before what follows it is begun. */
  const A_LOOK = 400;

  it('is not begun for a document that is closed', async () => {
    const editor = new ScriptedEditor(text, { answer });
    await editor.ask();
    editor.service.closed(editor.document.uri);
    await setTimeout(A_LOOK);
    assert.equal(editor.decodings, 1);
  });

  it('is not begun for a user who has gone elsewhere, whose place is evaluated instead', async () => {
    const editor = new ScriptedEditor(text, { answer });
    await editor.ask();
    await editor.service.moved(editor.document, { line: 5, character: 2 });
    const { decodings } = editor;
    await setTimeout(A_LOOK);
    assert.equal(editor.decodings, decodings);
  });

  it('gives way to the place that the user goes to while it is decoded', async () => {
    const gate = new Gate();
    let decodings = 0;
    const editor = new ScriptedEditor(text, {
      answer,
      before: ({ does }) => (does === 'rewind' && ++decodings === 2 ? gate.pass() : undefined),
    });
    await editor.ask();
    await gate.arrival();
    const moving = editor.service.moved(editor.document, { line: 5, character: 2 });
    await gate.release();
    const { tokens } = editor;
    await moving;
    assert.equal(editor.model.steps.at(-1)?.does, 'prefill');
    assert.equal(editor.tokens, tokens);
  });
});
