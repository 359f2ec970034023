import assert from 'node:assert/strict';
import {
  confidentLength,
  type TokenProbability,
} from '../../../../../src/engine/completion/generation/confidence.js';

/** Parses a text written as tokens with their probabilities. */
const marked = (
  ...tokens: (readonly [string, number])[]
): { text: string; probabilities: TokenProbability[] } => {
  let text = '';
  const probabilities = tokens.map(([token, probability]) => ({ end: (text += token).length, probability }));
  return { text, probabilities };
};

const shown = ({ text, probabilities }: ReturnType<typeof marked>, typed = 0): string => {
  const rest = text.slice(typed);
  return rest.slice(0, confidentLength(text, rest, probabilities));
};

describe('the confident part of a text', () => {
  it('is the whole text where the model is confident', () =>
    assert.equal(shown(marked(['return', 0.9], [' a', 0.9], [';', 0.95])), 'return a;'));

  it('ends where the probability drops', () =>
    assert.equal(shown(marked(['return', 0.9], [' items', 0.9], ['.length', 0.3])), 'return items'));

  it('has at least the next word', () =>
    assert.equal(shown(marked(['stock', 0.4], ['Limit', 0.5], [' = 1', 0.9])), 'stockLimit'));

  it('is the confident part of a name', () => {
    assert.equal(shown(marked(['stock', 0.8], ['Limit', 0.5], [' = 1', 0.9])), 'stock');
    assert.equal(shown(marked(['max', 0.9], ['_', 0.9], ['size', 0.4])), 'max_');
  });

  it('includes the brackets that close the line', () =>
    assert.equal(shown(marked(['ad', 0.9], ['(f', 0.7], [')', 0.8])), 'ad(f)'));

  it('is empty where even the next word is unlikely', () =>
    assert.equal(shown(marked(['stock', 0.05], [' = 1', 0.9])), ''));

  it('ends with a whole word', () =>
    assert.equal(shown(marked(['return', 0.9], [' get', 0.9], ['Name', 0.4])), 'return'));

  it('has only whole lines below the first', () =>
    assert.equal(shown(marked(['a();', 0.9], ['\n  ', 0.99], ['b', 0.9], ['(c)', 0.3])), 'a();'));

  it('is computed from the typed position', () => {
    const text = marked(['a', 0.4], ['.b', 0.9], ['.c', 0.9], [';', 0.9]);
    assert.equal(shown(text, 1), '.b.c;');
  });

  it('is the whole text without probabilities', () => assert.equal(confidentLength('abc', 'abc', []), 3));
});
