import assert from 'node:assert/strict';
import {
  integersWithin,
  numbersWithin,
  type NumberBounds,
} from '../../../../../src/engine/model/grammar/numberRange.js';
import { GbnfTexts } from './support/gbnfTexts.js';

const BOUNDS: readonly NumberBounds[] = [
  { min: 0 },
  { max: 0 },
  { min: 1, max: 1 },
  { min: 0, max: 1 },
  { min: 0, max: 1, isMinExcluded: true, isMaxExcluded: true },
  { min: -1, max: 1, isMaxExcluded: true },
  { min: 3, max: 27 },
  { min: 98, max: 1203 },
  { min: -205, max: -19 },
  { min: -7, max: 130 },
  { min: 0.25, max: 0.75 },
  { min: 0.05, max: 0.5, isMinExcluded: true },
  { min: -0.125, max: 2.5, isMaxExcluded: true },
  { min: 1e-7, max: 2e-7 },
  { min: 19.99 },
  { max: -0.5 },
  { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 },
];

function isWithin(value: number, { min, max, isMinExcluded, isMaxExcluded }: NumberBounds): boolean {
  return (
    (min === undefined || (isMinExcluded === true ? value > min : value >= min)) &&
    (max === undefined || (isMaxExcluded === true ? value < max : value <= max))
  );
}

const has = (gbnf: string | undefined, text: string): boolean =>
  gbnf !== undefined && new GbnfTexts(`root ::= ${gbnf}`, () => 0).has(text);

describe('numbers within bounds', () => {
  for (const bounds of BOUNDS) {
    it(`are those of ${JSON.stringify(bounds)}`, () => {
      const [whole, decimal] = [integersWithin(bounds), numbersWithin(bounds)];
      for (let value = -220; value <= 1300; value++) {
        assert.equal(has(whole, String(value)), isWithin(value, bounds), String(value));
        assert.equal(has(decimal, String(value)), isWithin(value, bounds), String(value));
      }
      for (let value = -300; value <= 300; value++) {
        const decimals = (value / 100).toFixed(2);
        if (!/^-0\.00$/.test(decimals))
          assert.equal(has(decimal, decimals), isWithin(Number(decimals), bounds), decimals);
      }
    });
  }

  it('are none where the bounds exclude each other', () => {
    assert.equal(integersWithin({ min: 2, max: 1 }), undefined);
    assert.equal(integersWithin({ min: 0.2, max: 0.8 }), undefined);
    assert.equal(numbersWithin({ min: 1, max: 1, isMaxExcluded: true }), undefined);
    assert.equal(numbersWithin({ min: 1.5, max: 1.25 }), undefined);
  });

  it('have no sign before zero, and no zero before other digits', () => {
    const gbnf = numbersWithin({ min: -5, max: 5 });
    for (const text of ['-0', '05', '-05', '+1', '.5', '5.', '00']) assert.ok(!has(gbnf, text), text);
  });
});
