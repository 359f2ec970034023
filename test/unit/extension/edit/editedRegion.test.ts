import assert from 'node:assert/strict';
import { EditedRegion } from '../../../../src/extension/edit/editedRegion.js';

const TEXT = 'a\n\nfoo()\nbar()\n';

function region(text: string, start: number, end: number): EditedRegion {
  const made = new EditedRegion(text);
  made.set(start, end);
  return made;
}

describe('the region of an edit', () => {
  it('has no place before it is known', () => assert.equal(new EditedRegion(TEXT).placeIn(TEXT), undefined));

  it('moves with text that is inserted before it', () => {
    const foo = region(TEXT, 2, 3);
    foo.follow([{ rangeOffset: 0, rangeLength: 0, text: 'x\n' }]);
    assert.deepEqual(foo.placeIn(`x\n${TEXT}`), { start: 5, end: 10 });
  });

  it('is gone when it was changed', () => {
    const foo = region(TEXT, 2, 3);
    foo.follow([{ rangeOffset: 7, rangeLength: 0, text: '1' }]);
    assert.equal(foo.placeIn('a\n\nfoo(1)\nbar()\n'), undefined);
  });

  it('is found at a blank line only where that was, and is gone when something was typed there', () => {
    const blank = region(TEXT, 1, 2);
    assert.deepEqual(blank.placeIn(TEXT), { start: 2, end: 2 });
    blank.follow([{ rangeOffset: 0, rangeLength: 0, text: 'x\n' }]);
    assert.deepEqual(blank.placeIn(`x\n${TEXT}`), { start: 4, end: 4 });
    blank.follow([{ rangeOffset: 4, rangeLength: 0, text: 'y' }]);
    assert.equal(blank.placeIn('x\na\ny\nfoo()\nbar()\n'), undefined);
  });

  it('is found after a part of the edit was made, and after that was undone', () => {
    const both = region(TEXT, 2, 4);
    const change = { rangeOffset: 3, rangeLength: 11, text: 'FOO()\nbar()' };
    both.follow([change]);
    both.replace({ start: 3, end: 14 }, 'FOO()\nbar()');
    assert.deepEqual(both.placeIn('a\n\nFOO()\nbar()\n'), { start: 3, end: 14 });
    both.follow([{ rangeOffset: 3, rangeLength: 11, text: 'foo()\nbar()' }]);
    assert.deepEqual(both.placeIn(TEXT), { start: 3, end: 14 });
  });
});
