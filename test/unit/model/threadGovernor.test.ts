import assert from 'node:assert/strict';
import { ThreadGovernor } from '../../../src/engine/model/threadGovernor.js';

describe('the thread governor', () => {
  it('allows what is wanted on a free machine', () => {
    const governor = new ThreadGovernor();
    governor.observe(4, 395, 100);
    assert.equal(governor.allowed(4), 4);
  });

  it('takes threads away one by one while the cores are busy, and keeps one', () => {
    const governor = new ThreadGovernor();
    governor.observe(3, 150, 100);
    assert.equal(governor.allowed(3), 2);
    governor.observe(2, 110, 100);
    assert.equal(governor.allowed(3), 1);
    governor.observe(1, 20, 100);
    assert.equal(governor.allowed(3), 1);
  });

  it('tries another thread after some seconds of calm', () => {
    const governor = new ThreadGovernor();
    governor.observe(2, 100, 100);
    assert.equal(governor.allowed(2), 1);
    for (let i = 0; i < 30; i++) governor.observe(1, 99, 100);
    assert.equal(governor.allowed(2), 1);
    for (let i = 0; i < 15; i++) governor.observe(1, 99, 100);
    assert.equal(governor.allowed(2), 2);
  });

  it('learns nothing from evaluations that are too short', () => {
    const governor = new ThreadGovernor();
    governor.observe(2, 1, 5);
    assert.equal(governor.allowed(2), 2);
  });

  it('does not count a single decoding thread as calm while the prompt is allowed more', () => {
    const governor = new ThreadGovernor();
    governor.observe(4, 200, 100);
    for (let i = 0; i < 100; i++) governor.observe(1, 100, 100);
    assert.equal(governor.allowed(4), 3);
  });
});
