import assert from 'node:assert/strict';
import { predictFromText } from '../../../../src/engine/model/speculation.js';

/** Each character is a token. */
function predict(text: string): string {
  return String.fromCharCode(...predictFromText([...Buffer.from(text)]));
}

describe('prompt lookup', () => {
  for (const [what, text, expected] of [
    ['nothing of a text that is new', 'abcdefgh', ''],
    ['nothing where two tokens agree: that is chance', 'abxc,abyd;abze:ab', ''],
    ['three tokens where three agree', 'abcdefg xyz abc', 'def'],
    ['seven where eight agree: it is a copy', '(abcdefgh1234567890) [abcdefgh', '1234567'],
    ['what followed where the most agree', 'abc123 xabc456 abc789 zxabc', '456'],
    ['what followed last, where as many agree', 'abc123; abc456; abc', '456'],
    ['no more than there is', 'abcabc', 'abc'],
    ['that a run goes on', 'aaaa', 'a'],
    ['nothing of nothing', '', ''],
  ] as const)
    it(what, () => {
      assert.equal(predict(text), expected);
    });
});
