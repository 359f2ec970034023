import assert from 'node:assert/strict';
import { FairQueue } from '../../../../src/engine/decoding/fairQueue.js';

describe('FairQueue', () => {
  it('alternates between callers, each in the order of its requests', () => {
    const queue = new FairQueue<string>();
    for (const request of ['a1', 'a2', 'a3']) queue.push('a', request);
    for (const request of ['b1', 'b2']) queue.push('b', request);
    const order = Array.from({ length: 6 }, () => queue.shift());
    assert.deepEqual(order, ['a1', 'b1', 'a2', 'b2', 'a3', undefined]);
  });

  it('puts a returning caller after those who wait', () => {
    const queue = new FairQueue<string>();
    queue.push('a', 'a1');
    queue.push('b', 'b1');
    assert.equal(queue.shift(), 'a1');
    queue.push('a', 'a2');
    assert.equal(queue.shift(), 'b1');
    assert.equal(queue.shift(), 'a2');
  });

  it('drops a withdrawn request', () => {
    const queue = new FairQueue<string>();
    queue.push('a', 'a1');
    queue.push('a', 'a2');
    assert.equal(queue.remove('a', 'a1'), true);
    assert.equal(queue.remove('a', 'a1'), false);
    assert.equal(queue.length, 1);
    assert.equal(queue.shift(), 'a2');
    assert.equal(queue.remove('b', 'b1'), false);
  });
});
