import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { Gate } from '../../../support/gate.js';
import { FakeClock } from '../support/fakeClock.js';
import { ScriptedEditor } from '../support/scriptedEditor.js';

const lines = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => `const value${from + i} = ${from + i};\n`).join('');

/** A slow machine: 256 tokens within the goal, 576 in idle time. A scripted model's tokens are single bytes. */
const SLOW = { prefillSpeed: 50 };
const TEXT = `${lines(200)}let x = ▮\n${lines(200, 500)}`;

/** An editor that records the model's prompts. */
function editorWith(
  text: string,
  script: Partial<ConstructorParameters<typeof ScriptedEditor>[1]> = {},
): { readonly editor: ScriptedEditor; readonly prompts: string[] } {
  const prompts: string[] = [];
  const answer = (prompt: string): string => {
    prompts.push(prompt);
    return 'answer(1);';
  };
  return { editor: new ScriptedEditor(text, { ...SLOW, answer, ...script }), prompts };
}

const moved = (editor: ScriptedEditor, isWriting: boolean): Promise<void> =>
  editor.service.moved(editor.document, editor.document.positionAt(editor.offset), isWriting);

const evaluated = (editor: ScriptedEditor): number =>
  editor.model.steps.reduce((sum, { operation, count }) => sum + (operation === 'rewind' ? 0 : count), 0);

describe('the prompts for a cursor', () => {
  it('have more context after an idle prefill', async () => {
    const { editor, prompts } = editorWith(TEXT);
    await editor.ask();
    await moved(editor, true);
    editor.type('y');
    const before = evaluated(editor);
    assert.match(await editor.ask(), /swer\(1\);$/);
    const [narrow = '', wide = ''] = prompts;
    assert.ok(wide.length > 1.5 * narrow.length, `${wide.length} characters, ${narrow.length} before`);
    assert.ok(wide.includes('value140 ') && !narrow.includes('value140 '));
    assert.ok(evaluated(editor) - before < 40, `${evaluated(editor) - before} tokens`);
  });

  it('have the ordinary, still cached context after an earlier key', async () => {
    const gate = new Gate();
    let isExtending = false;
    const { editor, prompts } = editorWith(TEXT, {
      before: ({ operation }) => (isExtending && operation === 'prefill' ? gate.pass() : undefined),
    });
    await editor.ask();
    isExtending = true;
    const extending = moved(editor, true);
    await gate.arrival();
    editor.type('y');
    isExtending = false;
    await gate.release();
    await extending;
    const before = evaluated(editor);
    await editor.ask();
    assert.ok(!prompts.at(-1)?.includes('value140 '));
    assert.ok(evaluated(editor) - before < 40, `${evaluated(editor) - before} tokens`);
  });

  it('are not extended where the user only reads', async () => {
    const { editor, prompts } = editorWith(TEXT);
    await moved(editor, false);
    await editor.ask();
    assert.ok(!prompts.at(-1)?.includes('value140 '));
  });

  it('have the ordinary context again when the cache has other prompts', async () => {
    const others = [600, 700, 800, 900].map((from) => `let x = \n${lines(60, from)}`);
    const { editor, prompts } = editorWith(TEXT + others.join(''));
    await moved(editor, true);
    const at = editor.offset;
    for (const from of [600, 700, 800, 900]) {
      editor.offset = editor.document.getText().indexOf(`\nconst value${from} `);
      await editor.ask();
    }
    editor.offset = at;
    await editor.ask();
    assert.equal(prompts.length, 5);
    assert.ok(!prompts.at(-1)?.includes('value140 '));
  });

  it('are extended after some idle time', async () => {
    const clock = new FakeClock();
    const { editor, prompts } = editorWith(TEXT, { clock });
    await editor.ask();
    const before = evaluated(editor);
    for (let i = 0; i < 500 && evaluated(editor) - before < 1000; i++) {
      clock.advance(200);
      await setTimeout(1);
    }
    await setTimeout(20);
    editor.type('y');
    await editor.ask();
    assert.ok(prompts.at(-1)?.includes('value140 '));
  });

  it('fit into the context for any number of tokens per character', async () => {
    const chinese = '// 这里说明下面的函数做什么，以及为什么。\n'.repeat(300);
    for (const isWriting of [false, true]) {
      const { editor } = editorWith(`${chinese}let x = ▮\n${chinese}`, { contextTokens: 1024 });
      await moved(editor, isWriting);
      assert.match(await editor.ask(), /swer\(1\);$/);
    }
  });

  it('fit into the context after long typing', async () => {
    const { editor } = editorWith(TEXT, { contextTokens: 1024 });
    for (let i = 0; i < 40; i++) {
      editor.type(`f${i}(${'x'.repeat(40)});\nlet y${i} = `);
      assert.match(await editor.ask(), /swer\(1\);$/);
    }
  });

  it('fit into the context in a line of thousands of characters', async () => {
    const { editor } = editorWith(`let x = [${'1234, '.repeat(700)}▮];\n`, { contextTokens: 4096 });
    assert.match(await editor.ask(), /swer\(1\);$/);
  });
});
