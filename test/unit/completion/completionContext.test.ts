import assert from 'node:assert/strict';
import { contextOf } from './support.js';

describe('the text around the cursor', () => {
  it('is the document before and after it', () => {
    const context = contextOf('a\nb▮c\nd');
    assert.deepEqual(
      [context.prefix, context.suffix, context.linePrefix, context.lineSuffix],
      ['a\nb', 'c\nd', 'b', 'c'],
    );
  });

  it('knows lines that end in CRLF, in CR, and in a mixture', () => {
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

  it('begins at a line and keeps its beginning while the cursor moves within a step', () => {
    const lines = Array.from({ length: 400 }, (_, i) => `const value${i} = ${i};`);
    const at = (characters: number): string =>
      contextOf(`${lines.join('\n')}\n${'x'.repeat(characters)}▮`, 'typescript', {
        prefixCharacters: 1000,
        suffixCharacters: 100,
      }).prefix;
    const starts = [1, 2, 3, 4, 5].map((n) => at(n).slice(0, 40));
    assert.equal(new Set(starts).size, 1);
    assert.match(at(1), /^const value\d+ = \d+;\n/);
    assert.ok(at(1).length <= 1000);
  });

  it('cuts inside a line that is longer than the window', () => {
    const context = contextOf(`${'a'.repeat(50_000)}▮${'b'.repeat(50_000)}`, 'typescript', {
      prefixCharacters: 1000,
      suffixCharacters: 400,
    });
    assert.ok(context.prefix.length <= 1000 && context.prefix.length >= 500);
    assert.equal(context.suffix.length, 400);
    assert.ok(context.prefix.endsWith(context.linePrefix) || context.linePrefix.endsWith(context.prefix));
  });

  it('ends with a whole line', () => {
    const context = contextOf(`▮a\n${'line of text\n'.repeat(100)}`, 'typescript', {
      prefixCharacters: 100,
      suffixCharacters: 100,
    });
    assert.ok(context.suffix.length <= 100);
    assert.ok(context.suffix.endsWith('line of text'));
  });
});
