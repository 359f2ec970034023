import assert from 'node:assert/strict';
import type { Range } from 'vscode-languageserver-protocol';
import { FixAllText } from '../../../../src/extension/edit/fixAllText.js';

const lines = (first: number, last: number, character = 0): Range => ({
  start: { line: first, character: 0 },
  end: { line: last, character },
});

describe('the text of Fix All', () => {
  it('takes one fix after another, and is one edit in the end', () => {
    const text = new FixAllText('a\nb\nc\nd\ne\n');
    text.apply({ range: lines(1, 1, 1), newText: 'B\nB2' });
    assert.deepEqual(text.placeOf(lines(3, 3, 1)), lines(4, 4, 1));
    text.apply({ range: lines(4, 4, 1), newText: 'D' });
    assert.equal(text.text, 'a\nB\nB2\nc\nD\ne\n');
    assert.deepEqual(text.merged(), { range: lines(1, 3, 1), oldText: 'b\nc\nd', newText: 'B\nB2\nc\nD' });
  });

  it('knows where other lines are now, and which are rewritten', () => {
    const text = new FixAllText('a\nb\nc\n');
    text.apply({ range: lines(1, 1, 1), newText: 'B\nB' });
    assert.deepEqual(text.placeOf(lines(0, 0, 1)), lines(0, 0, 1));
    assert.equal(text.placeOf(lines(1, 1, 1)), undefined);
    assert.equal(text.placeOf(lines(0, 2)), undefined);
    assert.deepEqual(text.placeOf(lines(2, 2)), lines(3, 3));
  });

  it('leaves the lines of a region open to other fixes that were written again as they were', () => {
    const text = new FixAllText('a\nb\nc\nd\n');
    text.apply({ range: lines(0, 3, 1), newText: 'a\nB\nB\nc\nd' });
    assert.equal(text.placeOf(lines(1, 1, 1)), undefined);
    assert.deepEqual(text.placeOf(lines(0, 0, 1)), lines(0, 0, 1));
    assert.deepEqual(text.placeOf(lines(3, 3, 1)), lines(4, 4, 1));
  });

  it('is no edit when nothing was fixed', () => {
    assert.equal(new FixAllText('a\n').merged(), undefined);
  });

  it('keeps line ends, and lines that are added at the end of the text', () => {
    const text = new FixAllText('a\r\nb\r\nc');
    text.apply({ range: lines(1, 1, 1), newText: 'B' });
    assert.deepEqual(text.merged(), { range: lines(1, 1, 1), oldText: 'b', newText: 'B' });
    text.apply({ range: lines(2, 2, 1), newText: 'c\r\n}' });
    assert.equal(text.text, 'a\r\nB\r\nc\r\n}');
    assert.deepEqual(text.merged(), {
      range: lines(1, 2, 1),
      oldText: 'b\r\nc',
      newText: 'B\r\nc\r\n}',
    });
  });
});
