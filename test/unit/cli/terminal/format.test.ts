import assert from 'node:assert/strict';
import { readableText } from '../../../../src/cli/terminal/format.js';

describe('a text for reading', () => {
  it('is as it is when its lines are of any ordinary length, however many there are', () => {
    const text = `${'a'.repeat(1999)}\n`.repeat(50);
    assert.equal(readableText(text), text);
  });

  it('has the beginning and the end of a line of 100,000 characters, and how many are left out', () => {
    const text = readableText(`first\nerror: '${'a'.repeat(100_000)}' must be a number.\nlast\n`);
    assert.match(text, /^first\nerror: 'a+ … \(\d+,\d{3} characters\) … a+' must be a number\.\nlast\n$/);
    assert.ok(text.length < 2000, `${text.length}`);
  });
});
