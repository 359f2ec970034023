import assert from 'node:assert/strict';
import { ThreadGovernor } from '../../../../../src/engine/model/threads/threadGovernor.js';

describe('ThreadGovernor', () => {
  it('allows all threads on a free machine', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(4, 1185, 300);
    assert.equal(governor.allowed(4), 4);
  });

  it('removes threads one by one while the cores are busy, down to one', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(3, 450, 300);
    assert.equal(governor.allowed(3), 2);
    governor.observe(2, 330, 300);
    assert.equal(governor.allowed(3), 1);
    governor.observe(1, 60, 300);
    assert.equal(governor.allowed(3), 1);
  });

  it('tries one more thread after undisturbed tokens', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(2, 300, 300);
    assert.equal(governor.allowed(2), 1);
    for (let i = 0; i < 10; i++) governor.observe(1, 99, 100);
    assert.equal(governor.allowed(2), 1);
    for (let i = 0; i < 8; i++) governor.observe(1, 99, 100);
    assert.equal(governor.allowed(2), 2);
  });

  it('ignores a single disturbed token', () => {
    const governor = new ThreadGovernor(8);
    for (let i = 0; i < 100; i++) governor.observe(2, i % 10 === 0 ? 70 : 55, i % 10 === 0 ? 52 : 28);
    assert.equal(governor.allowed(2), 2);
  });

  it('reacts when every token is disturbed', () => {
    const governor = new ThreadGovernor(8);
    for (let i = 0; i < 10; i++) governor.observe(2, 70, 52);
    assert.equal(governor.allowed(2), 1);
  });

  it('ignores evaluations that are too short', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(2, 1, 5);
    assert.equal(governor.allowed(2), 2);
  });

  it('doesn’t count single-threaded decoding as undisturbed while prefill is allowed more', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(4, 600, 300);
    for (let i = 0; i < 100; i++) governor.observe(1, 100, 100);
    assert.equal(governor.allowed(4), 3);
  });

  for (const [cores, busy, wanted, allowed] of [
    [2, 0.3, 2, 2],
    [2, 0.6, 2, 1],
    [2, 2, 2, 1],
    [8, 1, 7, 7],
    [8, 3.9, 7, 4],
    [8, 3.9, 2, 2],
    [8, undefined, 7, 7],
  ] as const)
    it(`gives ${allowed} of ${wanted} threads while others keep ${busy ?? 'an unknown number'} of ${cores} cores busy`, () => {
      assert.equal(new ThreadGovernor(cores).allowed(wanted, busy), allowed);
    });

  it('restores threads at once when the other processes have ended', () => {
    const governor = new ThreadGovernor(4);
    assert.equal(governor.allowed(3, 3), 1);
    assert.equal(governor.allowed(3, 0), 3);
  });
});
