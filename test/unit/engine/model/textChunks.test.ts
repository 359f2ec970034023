import assert from 'node:assert/strict';
import { textChunks } from '../../../../src/engine/model/textChunks.js';

describe('the chunks of a long text', () => {
  it('are the text itself when it is short', () => {
    assert.deepEqual([...textChunks('short', 10)], ['short']);
    assert.deepEqual([...textChunks('', 10)], ['']);
  });

  const table: [what: string, text: string, chunks: string[]][] = [
    ['begin at lines', 'one two\nthree four\nfive', ['one two\n', 'three four\n', 'five']],
    ['don’t begin at an indented line', 'one two\n  three four', ['one two\n  th', 'ree four']],
    ['begin with the blank before a word', 'alpha beta gamma delta', ['alpha beta', ' gamma delta']],
    ['don’t begin after a blank line', 'one two\n\nthree', ['one two\n\nthr', 'ee']],
    [
      'begin at punctuation where there are no blanks',
      '好好学习，天天向上。好好学习',
      ['好好学习，天天向上', '。好好学习'],
    ],
    ['begin at a bracket in code without blanks', 'aa.bbb(ccc);ddd', ['aa.bbb(ccc', ');ddd']],
    ['are cut anywhere in a run', 'a'.repeat(25), ['a'.repeat(12), 'a'.repeat(12), 'a']],
    ['don’t cut a character', 'x' + '😀'.repeat(12), ['x' + '😀'.repeat(5), '😀'.repeat(6), '😀']],
  ];
  for (const [what, text, chunks] of table)
    it(what, () => assert.deepEqual([...textChunks(text, 12)].map(String), chunks));

  it('together are the text, none longer than allowed', () => {
    const text =
      'A sentence, then code;\n\tif (x) {\n  y(" 😀");\n}\n\n汉字。'.repeat(2000) + ' '.repeat(50_000);
    const chunks = [...textChunks(text)];
    assert.equal(chunks.join(''), text);
    assert.ok(chunks.every((chunk) => chunk.length <= 2048 && chunk.isWellFormed()));
  });
});
