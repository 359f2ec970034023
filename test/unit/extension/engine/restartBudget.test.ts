import assert from 'node:assert/strict';
import { RestartBudget } from '../../../../src/extension/engine/restartBudget.js';

describe('the restart budget', () => {
  it('allows three starts in three minutes, then none', () => {
    let now = 0;
    const budget = new RestartBudget(() => now);
    assert.deepEqual([budget.take(), budget.take(), budget.take(), budget.take()], [1, 2, 3, undefined]);
    now += 3 * 60_000;
    assert.equal(budget.take(), 1);
  });

  it('starts again when the user restarts', () => {
    const budget = new RestartBudget(() => 0);
    for (let i = 0; i < 4; i++) budget.take();
    budget.reset();
    assert.equal(budget.take(), 1);
  });
});
