import assert from 'node:assert/strict';
import { mayBecome, remainingAfter } from '../../../../../src/engine/completion/cursor/typedBetween.js';

describe('the remaining text', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['foo(bar)', '', 'foo(bar)'],
    ['foo(bar)', 'foo', '(bar)'],
    ['foo(bar)', 'foo(bar)', ''],
    ['foo(bar)', 'fox', undefined],
    ['a;\n  b;\n  c;', 'a;\n  ', 'b;\n  c;'],
    // The editor has indented less or more than the text, so the lines below would be misaligned.
    ['a;\n    b;\n    c;', 'a;\n  ', '  b;\n    c;'],
    ['a;\n  b;\n  c;', 'a;\n    ', 'b;'],
    ['a;\n\tb;', 'a;\n    ', 'b;'],
    ['a;\n}', 'a;\n  ', undefined],
  ];
  for (const [text, typed, rest] of cases)
    it(`of ${JSON.stringify(text)} after ${JSON.stringify(typed)} is ${JSON.stringify(rest)}`, () =>
      assert.equal(remainingAfter(text, typed), rest));
});

describe('a streamed text', () => {
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
