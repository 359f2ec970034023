import assert from 'node:assert/strict';
import { TextStream } from '../../../../../src/engine/decoding/output/textStream.js';
import type { Token } from '../../../../../src/engine/model/model.js';

/** A vocabulary of the given pieces; a token is the piece's index. */
function streamOf(pieces: readonly (string | readonly number[])[]): {
  readonly stream: TextStream;
  readonly tokens: readonly Token[];
} {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece)));
  const detokenize = (tokens: readonly Token[]): string =>
    Buffer.concat(tokens.map((token) => bytes[token] ?? Buffer.alloc(0))).toString();
  return { stream: new TextStream({ detokenize }), tokens: pieces.map((_, token) => token) };
}

function push(pieces: readonly (string | readonly number[])[]): string[] {
  const { stream, tokens } = streamOf(pieces);
  return [...tokens.map((token) => stream.push(token)), stream.flush()];
}

/** A text's bytes, cut at the given offsets. */
function cut(text: string, ...places: number[]): number[][] {
  const bytes = [...Buffer.from(text)];
  return [...places, bytes.length].map((end, index) => bytes.slice(places[index - 1] ?? 0, end));
}

describe('TextStream', () => {
  it('emits complete characters at once', () => {
    assert.deepEqual(push(['def', ' f', '(']), ['def', ' f', '(', '']);
  });

  it('buffers a character until all of its bytes have arrived', () => {
    assert.deepEqual(push(cut('你', 1, 2)), ['', '', '你', '']);
    assert.deepEqual(push(cut('😀', 1, 2, 3)), ['', '', '', '😀', '']);
  });

  it('emits the text before an incomplete character', () => {
    assert.deepEqual(push(cut('a你b', 2)), ['a', '你b', '']);
  });

  it('keeps characters whole when each token ends inside one', () => {
    const text = '😀😁😂🤣你好';
    const pieces = cut(text, 3, 7, 11, 15, 18, 20);
    const out = push(pieces);
    assert.equal(out.join(''), text);
    assert.deepEqual(out, ['', '😀', '😁', '😂', '🤣', '你', '好', '']);
  });

  it('gives the same text however it is cut', () => {
    const text = 'a é 你好 👩‍👩‍👧 𝒳\n';
    const length = Buffer.byteLength(text);
    for (let first = 1; first < length; first++)
      for (let second = first + 1; second < length; second++) {
        const out = push(cut(text, first, second));
        assert.equal(out.join(''), text);
        assert.ok(!out.join('|').includes('\uFFFD'), `cut at ${first} and ${second}`);
      }
  });

  it('drops an incomplete character at the end', () => {
    assert.deepEqual(push(['a', [0xe4, 0xbd]]), ['a', '', '']);
  });

  it('continues after invalid bytes', () => {
    assert.equal(push([[0xff], 'a', [0xe4], 'b', 'c']).join(''), '\uFFFDa\uFFFDbc');
  });

  it('does not wait forever after invalid bytes', () => {
    const { stream, tokens } = streamOf([...Array<number[]>(50).fill([0x80]), 'a']);
    const out = tokens.map((token) => stream.push(token));
    assert.notEqual(out.slice(0, 8).join(''), '');
    assert.equal(out.join(''), '\uFFFD'.repeat(50) + 'a');
  });

  it('emits a replacement character that the model wrote', () => {
    assert.equal(push(['a\uFFFD', 'b', '\uFFFD', '\n']).join(''), 'a\uFFFDb\uFFFD\n');
  });

  it('keeps the space that a vocabulary drops at the start of a text', () => {
    const pieces = [' hello', ' world', '!'];
    const detokenize = (tokens: readonly Token[]): string =>
      tokens
        .map((token) => pieces[token])
        .join('')
        .replace(/^ /, '');
    const stream = new TextStream({ detokenize });
    const text = [0, 1, 2, 1].map((token) => stream.push(token)).join('');
    assert.equal(text, 'hello world! world');
  });

  it('detokenizes only a few tokens, however long the text is', () => {
    let most = 0;
    const stream = new TextStream({
      detokenize: (tokens) => {
        most = Math.max(most, tokens.length);
        return 'x'.repeat(tokens.length);
      },
    });
    let text = '';
    for (let token = 0; token < 1000; token++) text += stream.push(token);
    assert.equal(text.length, 1000);
    assert.ok(most <= 16, `${most} tokens at once`);
  });
});
