import assert from 'node:assert/strict';
import { mayBecome, remainingAfter } from '../../../../../src/engine/completion/cursor/typedBetween.js';

describe('the rest of a text', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['foo(bar)', '', 'foo(bar)'],
    ['foo(bar)', 'foo', '(bar)'],
    ['foo(bar)', 'foo(bar)', ''],
    ['foo(bar)', 'fox', undefined],
    ['a;\n  b;\n  c;', 'a;\n  ', 'b;\n  c;'],
    // The editor has indented less than the text, or more: the lines below would stand wrong.
    ['a;\n    b;\n    c;', 'a;\n  ', '  b;\n    c;'],
    ['a;\n  b;\n  c;', 'a;\n    ', 'b;'],
    ['a;\n\tb;', 'a;\n    ', 'b;'],
    ['a;\n}', 'a;\n  ', undefined],
  ];
  for (const [text, typed, rest] of cases)
    it(`of ${JSON.stringify(text)} after ${JSON.stringify(typed)} is ${JSON.stringify(rest)}`, () =>
      assert.equal(remainingAfter(text, typed), rest));
});

describe('a text that is still growing', () => {
  it('may become what was typed', () => {
    assert.ok(mayBecome('', 'foo'));
    assert.ok(mayBecome('fo', 'foo('));
    assert.ok(mayBecome('foo(bar', 'foo'));
    assert.ok(mayBecome('a;\n ', 'a;\n    '));
    assert.ok(mayBecome('a;\n\t', 'a;\n    '));
  });
  it('may not become something else', () => {
    assert.ok(!mayBecome('fox', 'foo'));
    assert.ok(!mayBecome('a;\n  c', 'a;\n  b'));
  });
});
