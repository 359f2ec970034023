import assert from 'node:assert/strict';
import { Speculation } from '../../../../src/engine/model/speculation.js';

describe('speculation', () => {
  /** 35 ms a token without speculation; with it, `trialMs` for `tokens`. */
  function after(trialMs: number, tokens: number, times = 5): Speculation {
    const speculation = new Speculation();
    for (let i = 0; i < times; i++) {
      speculation.add(false, 1, 35);
      if (speculation.pays) speculation.add(true, tokens, trialMs);
    }
    return speculation;
  }

  it('is tried without any measurement', () => {
    assert.equal(new Speculation().pays, true);
  });

  it('continues while it saves time', () => {
    assert.equal(after(106, 4).pays, true);
  });

  it('stops when too few predictions are right', () => {
    assert.equal(after(106, 2).pays, false);
  });

  it('stops when a batch costs as much as single tokens', () => {
    assert.equal(after(140, 4).pays, false);
  });

  it('is tried again with each text', () => {
    const speculation = after(140, 4);
    speculation.begin();
    assert.equal(speculation.pays, true);
    speculation.add(true, 4, 140);
    assert.equal(speculation.pays, false);
  });

  it('resumes when more predictions are right', () => {
    const speculation = after(106, 2);
    for (let text = 0; text < 10; text++) {
      speculation.begin();
      speculation.add(false, 1, 35);
      speculation.add(true, 4, 106);
    }
    assert.equal(speculation.pays, true);
  });
});
