import assert from 'node:assert/strict';
import { ThreadGovernor } from '../../../../../src/engine/model/threads/threadGovernor.js';

describe('the thread governor', () => {
  it('allows what is wanted on a free machine', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(4, 1185, 300);
    assert.equal(governor.allowed(4), 4);
  });

  it('takes threads away one by one while the cores are busy, and keeps one', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(3, 450, 300);
    assert.equal(governor.allowed(3), 2);
    governor.observe(2, 330, 300);
    assert.equal(governor.allowed(3), 1);
    governor.observe(1, 60, 300);
    assert.equal(governor.allowed(3), 1);
  });

  it('tries another thread after some calm', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(2, 300, 300);
    assert.equal(governor.allowed(2), 1);
    for (let i = 0; i < 10; i++) governor.observe(1, 99, 100);
    assert.equal(governor.allowed(2), 1);
    for (let i = 0; i < 8; i++) governor.observe(1, 99, 100);
    assert.equal(governor.allowed(2), 2);
  });

  it('does not mind a single token that something else has disturbed', () => {
    const governor = new ThreadGovernor(8);
    for (let i = 0; i < 100; i++) governor.observe(2, i % 10 === 0 ? 70 : 55, i % 10 === 0 ? 52 : 28);
    assert.equal(governor.allowed(2), 2);
  });

  it('sees that every token is disturbed', () => {
    const governor = new ThreadGovernor(8);
    for (let i = 0; i < 10; i++) governor.observe(2, 70, 52);
    assert.equal(governor.allowed(2), 1);
  });

  it('learns nothing from evaluations that are too short', () => {
    const governor = new ThreadGovernor(8);
    governor.observe(2, 1, 5);
    assert.equal(governor.allowed(2), 2);
  });

  it('does not count a single decoding thread as calm while the prompt is allowed more', () => {
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
    it(`gives ${allowed} of ${wanted} threads where others keep ${busy ?? 'nobody knows how many'} of ${cores} cores busy`, () => {
      assert.equal(new ThreadGovernor(cores).allowed(wanted, busy), allowed);
    });

  it('gives threads back at once when the others have ended', () => {
    const governor = new ThreadGovernor(4);
    assert.equal(governor.allowed(3, 3), 1);
    assert.equal(governor.allowed(3, 0), 3);
  });
});
