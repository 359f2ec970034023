import assert from 'node:assert/strict';
import { contextBudget } from '../../../src/engine/completion/contextBudget.js';

const tokens = (speed: number | undefined, context = 8192): number => {
  const { prefixCharacters, suffixCharacters } = contextBudget(speed, context, 400);
  return Math.round((prefixCharacters + suffixCharacters) / 3);
};

describe('the budget of a prompt', () => {
  it('is small before anything was measured', () => assert.equal(tokens(undefined), 256));

  it('follows the measured speed in steps', () => {
    assert.equal(tokens(60), 256);
    assert.equal(tokens(400), 512);
    assert.equal(tokens(10_000), 2048);
    assert.equal(tokens(400), tokens(410));
  });

  it('leaves room in a small context', () => assert.ok(tokens(10_000, 512) <= 384));
});
