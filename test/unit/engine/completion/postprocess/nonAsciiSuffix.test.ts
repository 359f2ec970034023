import assert from 'node:assert/strict';
import { isEnoughOverlap } from '../../../../../src/engine/completion/postprocess/isEnoughOverlap.js';
import { cutSuffixOverlap } from '../../../../../src/engine/completion/postprocess/cutSuffixOverlap.js';
import { shownText } from '../../../../../src/engine/completion/postprocess/rules.js';
import { contextOf } from '../support/cursorMark.js';
import { describeRule } from './ruleTable.js';

describeRule('a rest of the line in another script', cutSuffixOverlap, {
  'is not written once more': [
    ['x = ▮中文', '1中文', '1', 'python'],
    ['print("▮你好")', '说你好")', '说', 'python'],
    ['s = "▮größe"', 'Die größe"', 'Die ', 'python'],
  ],
  'is not taken for the text’s own end': [
    ['x = ▮中文', '值', '值', 'python'],
    ['x = ▮中文', '汉中', '汉中', 'python'],
    ['x = ▮é', 'café', 'café', 'python'],
  ],
});

describe('text in another script after the cursor', () => {
  it('is never removed', () => {
    for (const model of ['1', '中文', '文', '"中文"', '值; y = 中文']) {
      const context = contextOf('    x = ▮中文', 'python');
      assert.equal(shownText(model, context).replaces, 0);
      assert.equal(context.lineSuffix, '中文');
    }
  });

  it('needs two of its characters to be the same, and one of punctuation', () => {
    assert.equal(isEnoughOverlap('中', true), false);
    assert.equal(isEnoughOverlap('中文', true), true);
    assert.equal(isEnoughOverlap('中文', false), false);
    assert.equal(isEnoughOverlap('ab', true), false);
    assert.equal(isEnoughOverlap('abc', true), true);
    assert.equal(isEnoughOverlap('。', false), true);
    assert.equal(isEnoughOverlap(')', false), true);
  });
});
