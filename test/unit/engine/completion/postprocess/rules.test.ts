import assert from 'node:assert/strict';
import { applyRules, shownText } from '../../../../../src/engine/completion/postprocess/rules.js';
import { contextOf } from '../support/cursorMark.js';

/** The result for the complete text of the model. */
function shown(at: string, model: string, language?: string): string {
  return applyRules(model, contextOf(at, language)).text;
}

describe('a dropped text', () => {
  const droppedBy = (at: string, model: string): string | undefined =>
    applyRules(model, contextOf(at)).droppedBy;

  it('names the rule that dropped it', () => {
    assert.equal(droppedBy('▮\nreturn total;\n', 'return total;'), 'dropRepeatedNextLine');
    assert.equal(droppedBy('▮', "Sure, here's the code you asked for:"), 'dropChatTalk');
  });

  it('has no rule where the model wrote nothing, or where text is left', () => {
    assert.equal(droppedBy('▮', '\n'), undefined);
    assert.equal(droppedBy('▮', 'return total;'), undefined);
  });
});

describe('the rules together', () => {
  it('complete an auto-closed bracket and a statement with a semicolon', () => {
    assert.equal(shown('print(▮)', 'x)'), 'x');
    assert.equal(shown('a = ▮;', 'b;'), 'b');
    assert.equal(shown('foo(bar(▮));', 'x));\nbaz();'), 'x');
  });

  it('remove a fence, a heading and a control token first', () => {
    assert.equal(shown('▮', '```ts\n// src/a.ts\nrun();\nrun();\nrun();\n```\nThis runs.'), 'run();');
    assert.equal(shown('x = ▮', '<think>Sure, here is'), '');
    assert.equal(shown('x = ▮;', 'a;<|endoftext|>b'), 'a');
  });

  it('adjust indentation before they find the end of the block', () => {
    assert.equal(
      shown('class A {\n\tf() {\n\t\ta();\n\t}\n▮\n}', '  g() {\n    b();\n  }\n}'),
      '\tg() {\n\t\tb();\n\t}',
    );
  });

  it('end the text at the block before they find repetitions', () => {
    assert.equal(shown('a();\n  ▮\n}\n', 'b();\n}\nfunction c() {'), 'b();');
  });

  it('count brackets after they remove the rest of the line', () => {
    assert.equal(shown('foo(▮, second)', 'first, second)'), 'first');
    assert.equal(shown('<a href="▮">', 'x.html">Text</a>', 'html'), 'x.html');
    assert.equal(shown('{ a: ▮ }', '1 }'), '1');
  });

  it('drop what is too short at the end', () => {
    assert.equal(shown('    ▮', 'a\n\n\n', 'python'), '');
    assert.equal(shown('save(▮);', ');'), '');
    assert.equal(shown('x = ▮', ' \n \n'), '');
  });

  it('keep a correct text', () => {
    for (const [at, model, language] of [
      ['const a = ▮', 'b + c;'],
      ['foo(▮)', 'a, b'],
      ['  ▮', 'const a = 1;\n  const b = 2;\n  return a + b;'],
      ['def f():\n    ▮', 'for a in b:\n        c(a)\n    return d', 'python'],
      ['if (a) {▮', '\n  b();\n} else {\n  c();\n}'],
      ['▮', 'use std::fs;\nuse std::io;', 'rust'],
      ['a();▮', '\nb();\nc();'],
    ] as const)
      assert.equal(shown(at, model, language), model);
  });
});

describe('an unfinished text', () => {
  const part = (at: string, model: string, language?: string): string =>
    shownText(model, contextOf(at, language), true).text;

  it('is cut after a whole word', () => {
    assert.equal(part('const a = ▮', 'compute(first, sec'), 'compute(first,');
    assert.equal(part('x = ▮', '这是中文的', 'plaintext'), '这是中文的');
  });

  it('is not shown with few characters, or when it is blank', () => {
    assert.equal(part('const a = ▮', 'new '), '');
    assert.equal(part('▮', '\n  '), '');
    assert.equal(part('a();▮', '\nfoo'), '');
  });

  it('withholds a possible copy of the next line, or of the one above', () => {
    const at = 'const first = read(input);\n▮\nconst second = parse(first);';
    assert.equal(part(at, 'const second = parse('), '');
    assert.equal(part(at, 'const first = read('), '');
    assert.equal(part(at, 'const options = parse('), 'const options = parse(');
    assert.equal(part(at, 'prepare();\nconst second = par'), 'prepare();');
  });

  it('withholds a possible control token, fence, heading or sentence to the user', () => {
    assert.equal(part('x = ▮', 'compute()<|fim'), 'compute()');
    assert.equal(part('x = ▮', 'compute() <'), 'compute()');
    assert.equal(part('▮', 'compute();\n``'), 'compute();');
    assert.equal(part('▮', 'compute();\n// src/a'), 'compute();');
    assert.equal(part('▮', "Here's the "), '');
    assert.equal(part('▮', 'Sure, here'), '');
  });

  it('withholds a possible copy of the rest of the line', () => {
    assert.equal(part('x = ▮ if ready else 0', 'compute() if rea', 'python'), 'compute()');
  });

  it('withholds a repeated line until the next one differs', () => {
    assert.equal(part('▮', 'a.push(1);\na.push(1);\n'), 'a.push(1);');
    assert.equal(part('▮', 'a.push(1);\nb.push(1);\na.push(1);\nb.pu'), 'a.push(1);\nb.push(1);');
    assert.equal(part('▮', 'next();\nnext();\nb.push(2);\nb'), 'next();\nnext();\nb.push(2);');
  });
});
