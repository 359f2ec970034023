import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { Gate } from '../../support/gate.js';
import type { Step } from '../../support/scriptedModel.js';
import { FakeClock } from './support/fakeClock.js';
import { ScriptedEditor } from './support/scriptedEditor.js';
import { writes } from './support/writes.js';

/** Longer than the delay before a prefetch. */
const READING_MS = 400;

const isToken = ({ operation }: Step): boolean => operation === 'token';

describe('a running generation', () => {
  it('continues when a key matches its text', async () => {
    const gate = new Gate();
    let tokens = 0;
    const editor = new ScriptedEditor('const a = ▮', {
      answer: writes('const a = foo(bar);'),
      before: ({ operation }) => (operation === 'token' && ++tokens === 5 ? gate.pass() : undefined),
    });
    const first = editor.ask().catch(() => 'superseded');
    await gate.arrival();
    editor.type('fo');
    const second = editor.ask();
    await gate.release();
    assert.equal(await second, 'o(bar);');
    assert.equal(await first, 'superseded');
    assert.equal(editor.decodings, 1);
  });

  it('ends within one token when a key differs', async () => {
    const gate = new Gate();
    let tokens = 0;
    const editor = new ScriptedEditor('const a = ▮', {
      answer: writes('const a = foo(bar);', 'const a = xylophone;'),
      before: ({ operation }) => (operation === 'token' && ++tokens === 5 ? gate.pass() : undefined),
    });
    const first = editor.ask().catch(() => 'superseded');
    await gate.arrival();
    editor.type('x');
    await gate.release();
    await first;
    await setTimeout(5);
    const { steps } = editor.model;
    const fifth = steps.findIndex((_, index) => steps.slice(0, index + 1).filter(isToken).length === 5);
    assert.notEqual(steps[fifth + 1]?.operation, 'token');
  });

  it('is not reused for another line limit or model', async () => {
    for (const change of ['lines', 'model'] as const) {
      const gate = new Gate();
      let tokens = 0;
      const editor = new ScriptedEditor('const a = ▮', {
        answer: writes('const a = foo(bar);'),
        before: ({ operation }) => (operation === 'token' && ++tokens === 5 ? gate.pass() : undefined),
      });
      const first = editor.ask().catch(() => 'superseded');
      await gate.arrival();
      if (change === 'model') editor.service.modelChanged();
      const second = editor.answer(change === 'lines' ? { maxLines: 3 } : {});
      await gate.release();
      assert.equal((await second).stats.source, 'decoded', change);
      assert.equal(await first, 'superseded');
    }
  });

  it('starts with the key, not with the editor’s later request', async () => {
    const answers = [' foo(bar);', ' xylophone;'];
    const editor = new ScriptedEditor('const a = ▮', { answer: () => answers.shift() ?? '' });
    await editor.ask();
    editor.type('x');
    while (editor.decodings < 2) await setTimeout(1);
    assert.equal(await editor.ask(), 'ylophone;');
    assert.equal(editor.decodings, 2);
  });

  it('notifies of more text after a partial answer', async () => {
    const gate = new Gate();
    let tokens = 0;
    const editor = new ScriptedEditor('const a = ▮', {
      answer: writes('const a = first second third;'),
      before: ({ operation }) => (operation === 'token' && ++tokens === 15 ? gate.pass() : undefined),
    });
    assert.match(await editor.ask({ partialAfterMs: 0 }), /^first/);
    await gate.arrival();
    assert.deepEqual(editor.extended, []);
    await gate.release();
    while (editor.extended.length === 0) await setTimeout(1);
    assert.deepEqual(editor.extended, [{ uri: 'file:///case', line: 0, character: 10 }]);
    assert.equal(await editor.ask(), 'first second third;');
    assert.equal(editor.decodings, 1);
  });

  it('prefetches what follows an accepted answer', async () => {
    const clock = new FakeClock();
    const editor = new ScriptedEditor('function f() {\n  ▮\n}\n', {
      clock,
      answer: (prompt) =>
        prompt.endsWith('const x = 1') ? ';\n  return x + 1;' : writes('{\n  const x = 1;')(prompt),
    });
    assert.equal(await editor.ask(), 'const x = 1;');
    clock.advance(READING_MS);
    while (editor.decodings < 2) await setTimeout(1);
    await setTimeout(20);
    const tokens = editor.tokens;
    editor.type('const x = 1;');
    const answer = await editor.answer();
    assert.equal(answer.completions[0]?.insertText, '\n  return x + 1;');
    assert.equal(editor.tokens, tokens);
  });

  it('aborts a prefetch at any key', async () => {
    const gate = new Gate();
    let decodings = 0;
    const clock = new FakeClock();
    const editor = new ScriptedEditor('const a = ▮', {
      clock,
      answer: writes('const a = foo(bar);', 'const a = xylophone;'),
      before: ({ operation }) => (operation === 'rewind' && ++decodings === 2 ? gate.pass() : undefined),
    });
    await editor.ask();
    clock.advance(READING_MS);
    await gate.arrival();
    editor.type('x');
    const tokens = editor.tokens;
    const answer = editor.ask();
    await gate.release();
    await answer;
    assert.ok(editor.tokens > tokens);
    assert.equal(editor.decodings, 3);
  });
});
