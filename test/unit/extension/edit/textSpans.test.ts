import assert from 'node:assert/strict';
import { draftLines, firstDifference } from '../../../../src/extension/edit/textSpans.js';
import { locateLines, linesSpan } from '../../../../src/extension/edit/textSpans.js';
import { shiftSpan, type TextChange } from '../../../../src/extension/edit/textSpans.js';

const insert = (rangeOffset: number, text: string): TextChange => ({ rangeOffset, rangeLength: 0, text });

describe('finding a region again', () => {
  it('uses the expected position', () =>
    assert.deepEqual(locateLines('a\nb\nb\n', 'b', { start: 4, end: 5 }), { start: 4, end: 5 }));

  it('follows it when lines were inserted before it', () =>
    assert.deepEqual(locateLines('new\na\nfoo()\n', 'foo()', { start: 2, end: 7 }), { start: 6, end: 11 }));

  it('finds it without an expected position', () =>
    assert.deepEqual(locateLines('a\nfoo()', 'foo()'), { start: 2, end: 7 }));

  it('gives up when it was changed', () =>
    assert.equal(locateLines('a\nfoo(1)\n', 'foo()', { start: 2, end: 7 }), undefined));

  it('gives up when it moved and occurs twice', () =>
    assert.equal(locateLines('new\nfoo()\nfoo()\n', 'foo()', { start: 2, end: 7 }), undefined));

  it('takes whole lines only', () => {
    assert.equal(locateLines('xfoo()\n', 'foo()'), undefined);
    assert.equal(locateLines('foo();\n', 'foo()', { start: 0, end: 5 }), undefined);
  });

  it('ignores different line ends', () =>
    assert.deepEqual(locateLines('z\r\na\r\nb\r\n', 'a\nb'), { start: 3, end: 7 }));

  it('does not look for blank text', () => assert.equal(locateLines('abc\n\n', '\n'), undefined));
});

describe('the position of lines', () => {
  const text = 'one\r\ntwo\r\n\r\nfour';
  const cases: readonly (readonly [start: number, end: number, lines: string])[] = [
    [0, 1, 'one'],
    [0, 2, 'one\r\ntwo'],
    [2, 3, ''],
    [1, 4, 'two\r\n\r\nfour'],
    [3, 9, 'four'],
  ];
  for (const [start, end, lines] of cases)
    it(`is found for ${start} to ${end}`, () => {
      const span = linesSpan(text, start, end);
      assert.equal(text.slice(span.start, span.end), lines);
    });
});

describe('a region while the text around it changes', () => {
  const span = { start: 10, end: 20 };

  it('moves with an insertion before it', () =>
    assert.deepEqual(shiftSpan(span, [insert(3, 'four')]), { start: 14, end: 24 }));

  it('moves with a line inserted right above it', () =>
    assert.deepEqual(shiftSpan(span, [insert(10, 'x\n')]), { start: 12, end: 22 }));

  it('moves with a deletion before it', () =>
    assert.deepEqual(shiftSpan(span, [{ rangeOffset: 0, rangeLength: 4, text: '' }]), { start: 6, end: 16 }));

  it('stays when something changes after it', () =>
    assert.deepEqual(shiftSpan(span, [insert(20, 'x'), insert(25, 'y')]), span));

  it('adds up changes in their order', () =>
    assert.deepEqual(shiftSpan(span, [insert(30, 'x'), insert(0, 'ab'), insert(1, 'c')]), {
      start: 13,
      end: 23,
    }));

  it('is lost when something changes inside it', () => {
    assert.equal(shiftSpan(span, [insert(15, 'x')]), undefined);
    assert.equal(shiftSpan(span, [{ rangeOffset: 5, rangeLength: 8, text: '' }]), undefined);
  });
});

describe('the preview while the new text streams', () => {
  const old = 'old1\nold2\nold3';

  it('is the old text before the first line', () => assert.equal(draftLines(old, '', '\n'), old));

  it('has the new lines, then the old ones not reached yet', () =>
    assert.equal(draftLines(old, 'new1\nnew2', '\n'), 'new1\nnew2\nold3'));

  it('may grow beyond the old lines', () =>
    assert.equal(draftLines(old, 'n1\nn2\nn3\nn4', '\n'), 'n1\nn2\nn3\nn4'));

  it('keeps CRLF', () => assert.equal(draftLines('a\r\nb', 'x', '\r\n'), 'x\r\nb'));
});

describe('the first difference of a new text', () => {
  const changed = (old: string, now: string): string | undefined => {
    const span = firstDifference(old, now);
    return span && now.slice(span.start, span.end);
  };

  it('is the changed word, even far to the right', () => {
    const left = 'x'.repeat(500);
    assert.deepEqual(firstDifference(`a\n${left}.prise;\n`, `a\n${left}.price;\n`), { start: 506, end: 507 });
  });

  it('is an added line', () => assert.equal(changed('a\nc', 'a\nb\nc'), 'b'));
  it('is where a line is gone', () => {
    assert.equal(changed('a\nb\nc', 'a\nc'), 'c');
    assert.deepEqual(firstDifference('a\nb', 'a'), { start: 1, end: 1 });
  });
  it('is none when only line ends differ', () => assert.equal(changed('a\r\nb', 'a\nb'), undefined));
});
