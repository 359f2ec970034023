import assert from 'node:assert/strict';
import {
  modeFromLine,
  StopRules,
  type CompletionMode,
} from '../../../../../src/engine/completion/postprocess/stopRules.js';
import { contextOf } from '../support/cursorMark.js';

interface Options {
  readonly maxLines?: number;
  readonly isInvoked?: boolean;
  readonly mode?: CompletionMode;
  readonly language?: string;
}

/** The result of a text that arrives character by character, and why it ended. */
function stopped(at: string, text: string, options: Options = {}): [string, string] {
  const { maxLines = 12, isInvoked = false } = options;
  const context = contextOf(at, options.language);
  const rules = new StopRules(context, options.mode ?? modeFromLine(context, isInvoked), maxLines);
  for (let length = 1; length <= text.length; length++) {
    const stop = rules.check(text.slice(0, length));
    if (stop !== undefined) return [text.slice(0, stop.keep), stop.reason];
  }
  return [text, 'none'];
}

describe('decoding ends', () => {
  it('at the end of the line in the middle of a statement', () => {
    assert.deepEqual(stopped('const a = ▮', 'b + c;\nconst d'), ['b + c;', 'line']);
  });

  it('at the end of the line when something follows the cursor', () => {
    assert.deepEqual(stopped('foo(▮, c)', 'a, b\n'), ['a, b', 'line']);
  });

  it('at a line break directly after the cursor, in a line', () => {
    assert.deepEqual(stopped('const a = b;▮', '\nconst c'), ['', 'line']);
  });

  it('at the bracket that is after the cursor, before the line ends', () => {
    assert.deepEqual(stopped('foo(▮)', 'a, b(c)) + d'), ['a, b(c)', 'bracket']);
    assert.deepEqual(stopped('const s = "▮";', 'hello (world)"; x'), ['hello (world)', 'bracket']);
    assert.deepEqual(stopped('foo(() => {▮});', ' a({ b: 1 }); }); c'), [' a({ b: 1 }); ', 'bracket']);
    assert.deepEqual(stopped('foo(bar(▮)', 'a))'), ['a)', 'bracket']);
  });

  it('not at a bracket that nothing closes after the cursor', () => {
    assert.deepEqual(stopped('foo(▮', 'a) + b\n', { mode: 'line' }), ['a) + b', 'line']);
  });

  it('after the bracket that closes what the line has opened', () => {
    assert.deepEqual(stopped('if (a) {▮', '\n  b();\n}\nc();'), ['\n  b();\n}', 'scope']);
  });

  it('before a bracket that is below already', () => {
    assert.deepEqual(stopped('function f() {\n  ▮\n}', 'b();\n}\nfunction'), ['b();', 'scope']);
  });

  it('after the bracket that closes the block around the cursor, if nothing below does', () => {
    assert.deepEqual(stopped('  if (a) {\n    ▮', 'b();\n  }\nfunction'), ['b();\n  }', 'scope']);
  });

  it('before a dedented line, as soon as it is certain', () => {
    assert.deepEqual(stopped('  if (a) {\n    ▮', 'b();\nfunction c() {'), ['b();', 'scope']);
    const rules = new StopRules(contextOf('def f():\n    ▮', 'python'), 'block', 12);
    assert.equal(rules.check('return 1\nprint'), undefined);
    assert.deepEqual(rules.check('return 1\nprint('), { keep: 8, reason: 'scope' });
  });

  it('where the model dedents on a blank line inside a block', () => {
    assert.deepEqual(
      stopped('def f(x):\n    y = 1\n▮\n    return y', '    y += x\ndef g(x):\n', { language: 'python' }),
      ['    y += x', 'scope'],
    );
  });

  it('before a second function', () => {
    assert.deepEqual(stopped('▮', 'function f() {\n  a();\n}\nfunction g() {\n'), [
      'function f() {\n  a();\n}',
      'scope',
    ]);
    assert.deepEqual(stopped('const a = 1;\n▮', 'const b = 2;\nexport class C {\n'), [
      'const b = 2;',
      'scope',
    ]);
  });

  it('before a blank line', () => {
    assert.deepEqual(stopped('    ▮', 'a();\n\n    b();\n'), ['a();', 'blankLine']);
  });

  it('not before blank lines at the beginning, unless there are many', () => {
    assert.deepEqual(stopped('import os\n▮', '\n\ndef f():\n    pass\n\n', { language: 'python' }), [
      '\n\ndef f():\n    pass',
      'blankLine',
    ]);
    assert.deepEqual(stopped('▮', '\n\n\n\n\na').at(1), 'blankLine');
  });

  it('before the line that is below', () => {
    assert.deepEqual(stopped('▮\nsave(file);', 'open(file);\nsave(file);\n'), ['open(file);', 'suffix']);
  });

  it('before closing lines that are below with what follows them', () => {
    assert.deepEqual(stopped('a();\n▮\n}\nsave(file);', 'while (b) {\n  c();\n}\nsave(file);\n'), [
      'while (b) {\n  c();',
      'suffix',
    ]);
  });

  it('after the first of three equal lines, or of a few repeated lines', () => {
    assert.deepEqual(stopped('▮', 'a = 1\na = 1\na = 1\nb'), ['a = 1', 'repetition']);
    assert.deepEqual(stopped('▮', 'a = 1\nb = 1\na = 1\nb = 1\na = 1\nb = 1\n'), [
      'a = 1\nb = 1',
      'repetition',
    ]);
  });

  it('after the maximum number of lines', () => {
    assert.deepEqual(stopped('▮', 'a\nb\nc\nd\n', { maxLines: 2 }), ['a\nb', 'maxLines']);
  });

  it('not at an `else`', () => {
    const text = 'if (a) {\n    b();\n  } else {\n    c();\n  }';
    assert.deepEqual(stopped('  ▮', text), [text, 'none']);
  });

  it('not at an opening fence', () => {
    assert.deepEqual(stopped('x = ▮', '```js\nfoo();\n```'), ['```js\nfoo();', 'line']);
  });

  it('later when invoked than while typing', () => {
    assert.equal(stopped('const f = async ▮', '() => {\n  a();\n}\nb')[1], 'line');
    assert.deepEqual(stopped('const f = async ▮', '() => {\n  a();\n}\nb', { isInvoked: true }), [
      '() => {\n  a();\n}',
      'scope',
    ]);
  });

  it('after the block, where only its brace is missing from the line', () => {
    assert.deepEqual(stopped('if (a == b▮', ') {\n  c();\n}\nd();\n', { mode: 'line' }), [
      ') {\n  c();\n}',
      'scope',
    ]);
    assert.deepEqual(stopped('if (a▮', ' == b) {\n  c();\n}\n', { mode: 'line' }), [' == b) {', 'line']);
  });

  it('only once', () => {
    const rules = new StopRules(contextOf('a = ▮'), 'line', 12);
    assert.equal(rules.check('b;'), undefined);
    assert.deepEqual(rules.check('b;\nc'), { keep: 2, reason: 'line' });
    assert.deepEqual(rules.check('b;\ncd'), { keep: 2, reason: 'line' });
  });
});

describe('the continuation of a finished line', () => {
  const next = (at: string, text: string, language?: string): [string, string] =>
    stopped(at, text, { mode: 'next', ...(language === undefined ? {} : { language }) });

  it('begins with a line break and ends like a block', () => {
    assert.deepEqual(next('const a = 1;▮', '\nconst b = 2;\n\nconst c'), ['\nconst b = 2;', 'blankLine']);
    assert.deepEqual(next('  return 1;▮', '\n}\n\nfunction'), ['\n}', 'scope']);
    assert.deepEqual(next('{\n  return 1;▮\n}', '\n}\n\nfunction'), ['', 'scope']);
  });

  it('may be a function', () => {
    assert.deepEqual(next('}▮', '\n\nfunction f() {\n  a();\n}\nfunction g() {\n'), [
      '\n\nfunction f() {\n  a();\n}',
      'scope',
    ]);
    assert.deepEqual(next('import os▮', '\n\n\ndef f():\n    pass\ndef g():\n', 'python'), [
      '\n\n\ndef f():\n    pass',
      'scope',
    ]);
  });
});

describe('the mode of a completion', () => {
  const cases: readonly (readonly [string, CompletionMode, string?])[] = [
    ['▮', 'block'],
    ['    ▮', 'block'],
    ['if (a) {▮', 'block'],
    ['foo(▮', 'block'],
    ['foo(▮)', 'line'],
    ['const a = ▮', 'line'],
    ['const f = () =>▮', 'block'],
    ['if a:▮', 'block', 'python'],
    ['on:▮', 'block', 'yaml'],
    ['on: ▮', 'line', 'yaml'],
    ['  color: ▮', 'line', 'css'],
    ['  color:▮', 'line', 'css'],
    ['const a: ▮', 'line'],
    ['while a; do▮', 'block', 'shellscript'],
  ];
  for (const [at, mode, language] of cases)
    it(at, () => assert.equal(modeFromLine(contextOf(at, language), false), mode));

  it('is a block when invoked, at the end of a line', () => {
    assert.equal(modeFromLine(contextOf('const a = ▮'), true), 'block');
    assert.equal(modeFromLine(contextOf('foo(▮)'), true), 'line');
  });
});
