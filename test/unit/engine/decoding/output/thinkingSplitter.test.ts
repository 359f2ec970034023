import assert from 'node:assert/strict';
import { ThinkingSplitter } from '../../../../../src/engine/decoding/output/thinkingSplitter.js';

/** The output by kind, for an answer in pieces of one size. */
function split(answer: string, size: number, isOpen: boolean): { thinking: string; text: string } {
  const splitter = new ThinkingSplitter(isOpen);
  const out = { thinking: '', text: '' };
  const pieces = answer.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  for (const piece of pieces) for (const { kind, text } of splitter.push(piece)) out[kind] += text;
  for (const { kind, text } of splitter.flush()) out[kind] += text;
  return out;
}

const CASES: readonly (readonly [
  what: string,
  answer: string,
  expected: { thinking: string; text: string },
  isOpen?: boolean,
])[] = [
  ['an answer without thoughts', 'Hello.\n', { thinking: '', text: 'Hello.\n' }],
  ['a thought and an answer', '<think>\nHm. So.\n</think>\n\nYes.', { thinking: 'Hm. So.', text: 'Yes.' }],
  ['whitespace before the thought', '\n <think>Hm</think>Yes', { thinking: 'Hm', text: 'Yes' }],
  ['an empty thought', '<think>\n\n</think>\n\nYes', { thinking: '', text: 'Yes' }],
  ['a thought that the prompt has opened', 'Hm\n</think>\n\nYes', { thinking: 'Hm', text: 'Yes' }, true],
  ['a thought that never ends', '<think>Hm, and', { thinking: 'Hm, and', text: '' }],
  ['a thought with a `<` in it', '<think>a </b> < c</think>d', { thinking: 'a </b> < c', text: 'd' }],
  ['an unmatched closing tag', '</think>\n\nYes', { thinking: '', text: 'Yes' }],
  [
    'an answer about the tag',
    'The tag `<think>` opens.</think>',
    { thinking: '', text: 'The tag `<think>` opens.</think>' },
  ],
  ['an answer that begins like a tag', '<thing> is', { thinking: '', text: '<thing> is' }],
  ['an answer that is only the beginning of a tag', '<thi', { thinking: '', text: '<thi' }],
  ['an answer that begins with code', '    x = 1', { thinking: '', text: 'x = 1' }],
  ['nothing', '', { thinking: '', text: '' }],
];

describe('ThinkingSplitter', () => {
  for (const [what, answer, expected, isOpen = false] of CASES)
    it(`splits ${what}, wherever it is cut`, () => {
      for (const size of [1, 2, 3, 5, 8, 100]) assert.deepEqual(split(answer, size, isOpen), expected);
    });

  it('buffers no more than a possible tag', () => {
    const splitter = new ThinkingSplitter(false);
    assert.deepEqual(splitter.push('Yes'), [{ kind: 'text', text: 'Yes' }]);
    assert.deepEqual(splitter.push('<'), [{ kind: 'text', text: '<' }]);
    const thinking = new ThinkingSplitter(true);
    assert.deepEqual(thinking.push('Hm </thi'), [{ kind: 'thinking', text: 'Hm' }]);
    assert.deepEqual(thinking.push('s'), [{ kind: 'thinking', text: ' </this' }]);
  });
});
