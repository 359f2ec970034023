import assert from 'node:assert/strict';
import { TextStream } from '../../../../../src/engine/decoding/output/textStream.js';
import type { Token } from '../../../../../src/engine/model/model.js';

/** A vocabulary of the given pieces; the token is the piece's place. */
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

/** A text's bytes, cut at the given places. */
function cut(text: string, ...places: number[]): number[][] {
  const bytes = [...Buffer.from(text)];
  return [...places, bytes.length].map((end, index) => bytes.slice(places[index - 1] ?? 0, end));
}

describe('TextStream', () => {
  it('passes whole characters on at once', () => {
    assert.deepEqual(push(['def', ' f', '(']), ['def', ' f', '(', '']);
  });

  it('holds a character back until all of its bytes are there', () => {
    assert.deepEqual(push(cut('你', 1, 2)), ['', '', '你', '']);
    assert.deepEqual(push(cut('😀', 1, 2, 3)), ['', '', '', '😀', '']);
  });

  it('passes on what comes before an unfinished character', () => {
    assert.deepEqual(push(cut('a你b', 2)), ['a', '你b', '']);
  });

  it('keeps characters whole where each token ends inside of one', () => {
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

  it('drops a character that the end has cut off', () => {
    assert.deepEqual(push(['a', [0xe4, 0xbd]]), ['a', '', '']);
  });

  it('goes on after bytes that are no character', () => {
    assert.equal(push([[0xff], 'a', [0xe4], 'b', 'c']).join(''), '\uFFFDa\uFFFDbc');
  });

  it('does not wait for ever behind bytes that stay no character', () => {
    const { stream, tokens } = streamOf([...Array<number[]>(50).fill([0x80]), 'a']);
    const out = tokens.map((token) => stream.push(token));
    assert.notEqual(out.slice(0, 8).join(''), '');
    assert.equal(out.join(''), '\uFFFD'.repeat(50) + 'a');
  });

  it('passes a replacement character on that the model wrote itself', () => {
    assert.equal(push(['a\uFFFD', 'b', '\uFFFD', '\n']).join(''), 'a\uFFFDb\uFFFD\n');
  });

  it('keeps the blank of a vocabulary that drops it at the very start', () => {
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

  it('looks at a few tokens only, however long the text gets', () => {
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
