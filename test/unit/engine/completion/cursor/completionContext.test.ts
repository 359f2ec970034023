import assert from 'node:assert/strict';
import { contextOf } from '../support/cursorMark.js';

describe('the text around the cursor', () => {
  it('is the document before and after it', () => {
    const context = contextOf('a\nb▮c\nd');
    assert.deepEqual(
      [context.prefix, context.suffix, context.linePrefix, context.lineSuffix],
      ['a\nb', 'c\nd', 'b', 'c'],
    );
  });

  it('handles CRLF, CR and mixed line ends', () => {
    const context = contextOf('a\r\nb▮c\r\nd\re\n');
    assert.equal(context.prefix, 'a\nb');
    assert.equal(context.suffix, 'c\nd\ne\n');
    assert.equal(context.lineSuffix, 'c');
    assert.equal(contextOf('a▮b\rc').lineSuffix, 'b');
  });

  it('is empty in an empty document', () => {
    const context = contextOf('▮');
    assert.deepEqual([context.prefix, context.suffix], ['', '']);
  });

  it('is some thousands of characters of a long document, from the start of a line on', () => {
    const { prefix, suffix } = contextOf(`${'line of text\n'.repeat(9000)}▮${'line of text\n'.repeat(9000)}`);
    assert.match(prefix, /^line of text\n/);
    assert.ok(prefix.length > 10_000 && prefix.length <= 16_000);
    assert.ok(suffix.length > 1000 && suffix.length <= 6000);
  });

  it('is cut inside a line that is longer than that', () => {
    const { prefix, linePrefix } = contextOf(`${'a'.repeat(50_000)}▮`);
    assert.equal(prefix.length, 16_000);
    assert.equal(linePrefix, prefix);
  });
});
