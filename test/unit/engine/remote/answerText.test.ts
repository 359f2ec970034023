import assert from 'node:assert/strict';
import { AnswerText } from '../../../../src/engine/remote/answerText.js';

/** What is shown of an answer that comes in these pieces. */
function shown(pieces: readonly string[], repeats = '', isCertain = false): string {
  const answer = new AnswerText(repeats, isCertain);
  return pieces.map((piece) => answer.push(piece)).join('') + answer.flush();
}

describe('Answers of a server', () => {
  it('a control token ends the text, also in pieces', () => {
    for (const token of [
      '<|im_end|>',
      '<|fim_middle|>',
      '<|endoftext|>',
      '<fim_suffix>',
      '<｜fim▁end｜>',
      '<EOT>',
    ])
      for (const pieces of [[`a + b${token}junk`], ['a + b', ...token, 'junk']])
        assert.equal(shown(pieces), 'a + b', token);
  });

  it('code that only looks like the beginning of one is whole', () => {
    for (const code of ['if (a <| b) <im', 'List<Integer> x', 'a[I] < b', 'x = [PRE', '<div></div></s>'])
      assert.equal(shown([...code]), code);
  });

  it('what repeats the end of the prompt is cut off', () => {
    assert.equal(shown([' ret', 'urn x'], ' ret', true), 'urn x');
    assert.equal(shown(['```', 'ts\nlet a;'], '```ts\n'), 'let a;');
    assert.equal(shown(['let a;'], '```ts\n'), 'let a;');
  });

  it('an answer for another word than the unfinished one is none', () => {
    assert.equal(shown(['other'], ' ret', true), '');
  });

  it('blanks may differ from those before the cursor', () => {
    assert.equal(shown(['x = 1'], '    ', true), 'x = 1');
    assert.equal(shown(['  x = 1'], '    ', true), 'x = 1');
    assert.equal(shown(['      x = 1'], '    ', true), '  x = 1');
  });
});
