import assert from 'node:assert/strict';
import { decodeText, encodeText } from '../../../../src/cli/source/textEncoding.js';

const TEXTS = ['', 'a\r\nb\n', 'x = "é"\n', '你好，世界 🙂\n'];
const MARK = '\ufeff';
const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the encoding of a text', () => {
  it('is UTF-8, or UTF-16 with a mark, and gives the same bytes back', () => {
    for (const text of TEXTS)
      for (const bytes of [
        Buffer.from(text),
        Buffer.from(MARK + text),
        Buffer.from(MARK + text, 'utf16le'),
        big(MARK + text),
      ]) {
        const decoded = decodeText(bytes, 'x');
        assert.equal(decoded.text, text);
        assert.deepEqual(encodeText(decoded.text, decoded), bytes);
      }
  });

  it('is UTF-16 without a mark where every second byte is zero', () => {
    for (const bytes of [Buffer.from('a = "é"\r\n', 'utf16le'), big('a = "é"\r\n')]) {
      const decoded = decodeText(bytes, 'x');
      assert.equal(decoded.text, 'a = "é"\r\n');
      assert.deepEqual(encodeText(decoded.text, decoded), bytes);
    }
  });

  it('keeps a second mark, which is text', () => {
    const bytes = Buffer.from(`${MARK}${MARK}a`);
    const decoded = decodeText(bytes, 'x');
    assert.equal(decoded.text, `${MARK}a`);
    assert.deepEqual(encodeText(decoded.text, decoded), bytes);
  });

  const others: [name: string, bytes: Uint8Array, sentence: RegExp][] = [
    [
      'Latin-1',
      Buffer.from('Ren\xe9', 'latin1'),
      /^InputError: a\.py is not UTF-8 text: see line 1\. Convert it.*iconv/,
    ],
    ['GBK', Buffer.of(0xc4, 0xe3, 0xba, 0xc3), /iconv -f latin1.*gbk/],
    [
      'a wrong byte among UTF-8',
      Buffer.concat([Buffer.from('é\n中\n'), Buffer.of(0x61, 0xff, 0x0a)]),
      /see line 3\..*or correct that line/,
    ],
    ['Shift JIS', Buffer.of(0x82, 0xb1, 0x0a), /shift_jis/],
    ['a cut UTF-8 character', Buffer.of(0xe4, 0xbd), /iconv/],
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0'), /zero bytes, as binary files do/],
    ['zeros', Buffer.alloc(64), /zero bytes/],
    ['a table of small numbers', Buffer.of(1, 0, 2, 0, 65, 0, 66, 0), /zero bytes/],
    ['UTF-32', Buffer.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), /zero bytes/],
    ['half a character of UTF-16', Buffer.of(0xff, 0xfe, 0x41), /iconv/],
  ];
  for (const [name, bytes, sentence] of others)
    it(`is refused with a sentence for ${name}`, () =>
      assert.throws(() => decodeText(bytes, 'a.py'), sentence));
});
