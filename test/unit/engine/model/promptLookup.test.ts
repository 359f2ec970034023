import assert from 'node:assert/strict';
import { predictFromText } from '../../../../src/engine/model/speculation.js';

/** Each character is a token. */
function predict(text: string): string {
  return String.fromCharCode(...predictFromText([...Buffer.from(text)]));
}

describe('prompt lookup', () => {
  for (const [what, text, expected] of [
    ['predicts nothing for a new text', 'abcdefgh', ''],
    ['predicts nothing where only two tokens match', 'abxc,abyd;abze:ab', ''],
    ['predicts three tokens where three match', 'abcdefg xyz abc', 'def'],
    ['predicts seven where eight match', '(abcdefgh1234567890) [abcdefgh', '1234567'],
    ['predicts from the longest match', 'abc123 xabc456 abc789 zxabc', '456'],
    ['predicts from the latest of equal matches', 'abc123; abc456; abc', '456'],
    ['predicts no more than the text has', 'abcabc', 'abc'],
    ['predicts that a run continues', 'aaaa', 'a'],
    ['predicts nothing for an empty text', '', ''],
  ] as const)
    it(what, () => {
      assert.equal(predict(text), expected);
    });
});
