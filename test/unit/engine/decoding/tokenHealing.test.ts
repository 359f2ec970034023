import assert from 'node:assert/strict';
import { Healer, splitForHealing, VocabularyIndex } from '../../../../src/engine/decoding/tokenHealing.js';

const WORDS = [
  'load',
  'loads',
  'lo',
  '.load',
  '.loads',
  '.lo',
  ' return',
  ' ret',
  '==',
  '===',
  ' ==',
  '函数',
];
const CHARACTERS = [...new Set([...WORDS.join(''), ...'abcdefghijklmnopqrstuvwxyz .=_(){}"函数中'])];
const VOCABULARY = [...new Set([...WORDS, ...CHARACTERS])].map((text, token) => [token, text] as const);
const index = new VocabularyIndex({ vocabulary: () => VOCABULARY });
const textsOf = (tokens: readonly number[]): string[] =>
  tokens.map((token) => VOCABULARY[token]?.[1] ?? '').sort();

describe('token healing', () => {
  const splits: readonly (readonly [text: string, kept: string, healedPrefix: string])[] = [
    ['return json.lo', 'return json', '.lo'],
    ['x = ', 'x =', ' '],
    ['    ret', '   ', ' ret'],
    ['if a =', 'if a', ' ='],
    ['', '', ''],
    ['first\nsecond', 'first\n', 'second'],
    ['first\n', 'first\n', ''],
    ['中函', '', '中函'],
    // A character that isn't a token can't be generated alone, so it stays in the prompt.
    ['größe', 'größe', ''],
    ['caf\u00e9', 'caf\u00e9', ''],
    [`x${'y'.repeat(40)}`, `x${'y'.repeat(40)}`, ''],
  ];
  for (const [text, kept, healedPrefix] of splits) {
    it(`removes from ${JSON.stringify(text)} ${JSON.stringify(healedPrefix)}`, () => {
      assert.deepEqual(splitForHealing(text, index), { kept, healedPrefix });
    });
  }

  it('allows only tokens that match the removed text', () => {
    assert.deepEqual(textsOf(index.agreeing('.lo')), ['.', '.lo', '.load', '.loads']);
    assert.deepEqual(textsOf(index.agreeing('==')), ['=', '==', '===']);
    assert.deepEqual(index.agreeing('ß'), []);
  });

  it('emits only what follows the removed text', () => {
    const healer = new Healer('.lo', index);
    assert.deepEqual(textsOf(healer.tokenConstraint() ?? []), ['.', '.lo', '.load', '.loads']);
    assert.equal(healer.accept('.load'), 'ad');
    assert.equal(healer.tokenConstraint(), undefined);
    assert.equal(healer.accept('(f)'), '(f)');
  });

  it('generates the removed text over several tokens', () => {
    const healer = new Healer('.lo', index);
    assert.equal(healer.accept('.'), '');
    assert.deepEqual(textsOf(healer.tokenConstraint() ?? []), ['l', 'lo', 'load', 'loads']);
    assert.equal(healer.accept('loads'), 'ads');
  });
});
