import assert from 'node:assert/strict';
import { ScriptedEditor } from './support/scriptedEditor.js';
import { writes } from './support/writes.js';

describe('a cached completion', () => {
  it('is the same for the same state', async () => {
    const editor = new ScriptedEditor('const a = ▮', { answer: writes('const a = foo(bar);') });
    assert.equal(await editor.ask(), 'foo(bar);');
    const tokens = editor.tokens;
    const again = await editor.answer();
    assert.equal(again.completions[0]?.insertText, 'foo(bar);');
    assert.equal(again.stats.source, 'cached');
    assert.equal(editor.tokens, tokens);
  });

  it('is the remaining text after typing', async () => {
    const editor = new ScriptedEditor('const a = ▮', { answer: writes('const a = foo(bar);') });
    await editor.ask();
    const tokens = editor.tokens;
    editor.type('f');
    const answer = await editor.answer();
    assert.equal(answer.completions[0]?.insertText, 'oo(bar);');
    assert.equal(answer.stats.source, 'typedThrough');
    assert.equal(editor.tokens, tokens);
  });

  it('omits a bracket that the editor has inserted meanwhile', async () => {
    const editor = new ScriptedEditor('const a = ▮', { answer: writes('const a = foo(bar)') });
    await editor.ask();
    const tokens = editor.tokens;
    editor.type('foo');
    editor.type('(', ')');
    assert.equal(await editor.ask(), 'bar');
    assert.equal(editor.tokens, tokens);
  });

  it('is shown again after backspace', async () => {
    const editor = new ScriptedEditor('const a = ▮', {
      answer: writes('const a = foo(bar);', 'const a = xylophone;'),
    });
    await editor.ask();
    editor.type('x');
    await editor.ask();
    const decodings = editor.decodings;
    editor.backspace();
    assert.equal(await editor.ask(), 'foo(bar);');
    assert.equal(editor.decodings, decodings);
  });

  it('keeps the other lines when the first of three is accepted', async () => {
    const text = 'const x = one();\n  const y = two();\n  return x + y;';
    const editor = new ScriptedEditor('function f() {\n  ▮\n}\n', { answer: writes(`{\n  ${text}`) });
    assert.equal(await editor.ask(), text);
    const [first = ''] = text.split('\n');
    const tokens = editor.tokens;
    editor.type(first);
    assert.equal(await editor.ask(), text.slice(first.length));
    assert.equal(editor.tokens, tokens);
  });

  it('survives Enter, after which the editor indents by itself', async () => {
    const text = 'const x = one();\n  return x;';
    const editor = new ScriptedEditor('function f() {\n  ▮\n}\n', { answer: writes(`{\n  ${text}`) });
    await editor.ask();
    const tokens = editor.tokens;
    editor.type('const x = one();\n  ');
    assert.equal(await editor.ask(), 'return x;');
    assert.equal(editor.tokens, tokens);
  });

  it('is not used for another line limit', async () => {
    const editor = new ScriptedEditor('const a = ▮', { answer: writes('const a = foo(bar);') });
    await editor.ask({ maxLines: 12 });
    const { decodings } = editor;
    assert.equal((await editor.answer({ maxLines: 3 })).stats.source, 'decoded');
    assert.equal(editor.decodings, decodings + 1);
    assert.equal((await editor.answer({ maxLines: 12 })).stats.source, 'cached');
  });

  it('is not used after the model may have changed', async () => {
    const answers = [' old(model);', ' new(model);'];
    const editor = new ScriptedEditor('const a = ▮', { answer: () => answers.shift() ?? '' });
    assert.equal(await editor.ask(), 'old(model);');
    editor.service.modelChanged();
    assert.equal(await editor.ask(), 'new(model);');
  });

  it('is not used after another change of the text', async () => {
    const editor = new ScriptedEditor('let b;\nconst a = ▮', { answer: writes('const a = foo(bar);') });
    await editor.ask();
    const { decodings, offset } = editor;
    editor.offset = 5;
    editor.type('c');
    editor.offset = offset + 1;
    await editor.ask();
    assert.ok(editor.decodings > decodings);
  });
});

describe('code of other files', () => {
  const echo = 'interface Money {\n  cents: number;\n  currency: string;\n}';
  const snippets = [{ path: 'src/money.ts', text: `${echo}\n` }];

  it('is not shown when the model copies it out of the prompt', async () => {
    const contextProvider = { snippetsFor: () => snippets };
    const editor = new ScriptedEditor('▮', { answer: () => echo, contextProvider });
    assert.equal(await editor.ask(), '');
  });

  it('is shown where it isn’t in the prompt', async () =>
    assert.equal(await new ScriptedEditor('▮', { answer: () => echo }).ask(), echo));
});

describe('the lines of a suggestion', () => {
  it('end as those around the cursor, in a document whose lines end in different ways', async () => {
    for (const [text, end] of [
      ['a();\nb();\r\n▮\r\n', '\r\n'],
      ['a();\r\nb();\n▮\n', '\n'],
      ['a();\nb();\r\n▮', '\r\n'],
      ['a();\r\nb();\n▮', '\n'],
    ] as const) {
      const editor = new ScriptedEditor(text, { answer: () => 'c();\nd();' });
      assert.equal(await editor.ask({ isInvoked: true }), `c();${end}d();`, JSON.stringify(text));
    }
  });
});

describe('a text in several documents', () => {
  it('is one text to the model', async () => {
    let seen = '';
    const editor = new ScriptedEditor('print(▮)', {
      languageId: 'python',
      answer: (prompt) => {
        seen = prompt;
        return '(total';
      },
    });
    const options = { earlierText: 'total = 3\nrate = 4\n' };
    assert.equal(await editor.ask(options), 'total');
    assert.match(seen, /total = 3\nrate = 4\n\nprint$/);
    editor.type('t');
    assert.equal((await editor.answer(options)).stats.source, 'typedThrough');
  });
});
