import assert from 'node:assert/strict';
import { contextBudget } from '../../../../../src/engine/completion/prompt/contextBudget.js';

const characters = (speed: number | undefined, context = 8192, goal = 400): number => {
  const budget = contextBudget(speed, context, goal);
  return budget.prefixCharacters + budget.suffixCharacters + budget.snippetCharacters;
};

describe('the budget of a prompt', () => {
  it('is small without measurements', () => assert.ok(characters(undefined) <= 384 * 3));

  it('follows the measured speed in steps', () => {
    assert.ok(characters(60) < characters(undefined));
    assert.ok(characters(400) > characters(60));
    assert.ok(characters(10_000) > characters(400));
    assert.equal(characters(400), characters(410));
  });

  it('follows the latency goal', () => assert.ok(characters(300, 8192, 800) > characters(300, 8192, 200)));

  it('leaves room in a small context', () => assert.ok(characters(10_000, 512) <= 384 * 3));
});
