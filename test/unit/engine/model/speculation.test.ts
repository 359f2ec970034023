import assert from 'node:assert/strict';
import { Speculation } from '../../../../src/engine/model/speculation.js';

describe('speculation', () => {
  /** One by one 35 ms each; on trial `trialMs` bring `tokens`. */
  function after(trialMs: number, tokens: number, times = 5): Speculation {
    const speculation = new Speculation();
    for (let i = 0; i < times; i++) {
      speculation.add(false, 1, 35);
      if (speculation.pays) speculation.add(true, tokens, trialMs);
    }
    return speculation;
  }

  it('is tried before anything is known', () => {
    assert.equal(new Speculation().pays, true);
  });

  it('goes on where it brings tokens for less', () => {
    assert.equal(after(106, 4).pays, true);
  });

  it('ends where too little of it is right', () => {
    assert.equal(after(106, 2).pays, false);
  });

  it('ends where several tokens cost as much as one by one', () => {
    assert.equal(after(140, 4).pays, false);
  });

  it('gets one chance more with each text', () => {
    const speculation = after(140, 4);
    speculation.begin();
    assert.equal(speculation.pays, true);
    speculation.add(true, 4, 140);
    assert.equal(speculation.pays, false);
  });

  it('comes back when texts come of which more is right', () => {
    const speculation = after(106, 2);
    for (let text = 0; text < 10; text++) {
      speculation.begin();
      speculation.add(false, 1, 35);
      speculation.add(true, 4, 106);
    }
    assert.equal(speculation.pays, true);
  });
});
