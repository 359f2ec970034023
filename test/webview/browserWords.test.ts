import assert from 'node:assert/strict';
import { CHINESE } from '../../src/webview/browser/words/chinese.js';
import { ENGLISH } from '../../src/webview/browser/words/english.js';

describe('the browser page’s strings', () => {
  it('have the same placeholders in each language, and none is empty', () => {
    const english = new Map(sentences(ENGLISH));
    const chinese = new Map(sentences(CHINESE));
    assert.deepEqual([...chinese.keys()], [...english.keys()]);
    for (const [name, sentence] of english) {
      const other = chinese.get(name) ?? '';
      assert.deepEqual(placeholders(other), placeholders(sentence), name);
      for (const text of [sentence, other]) assert.equal(text.trim() === '', false, name);
    }
  });
});

function sentences(words: object, above = ''): readonly (readonly [name: string, sentence: string])[] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]) => {
    const path = `${above}${name}`;
    return typeof value === 'object' && value !== null
      ? sentences(value, `${path}.`)
      : [[path, String(value)] as const];
  });
}

function placeholders(sentence: string): readonly string[] {
  return (sentence.match(/\{\d+\}/g) ?? []).sort();
}
