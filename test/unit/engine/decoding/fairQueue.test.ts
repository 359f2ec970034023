import assert from 'node:assert/strict';
import { FairQueue, type Caller } from '../../../../src/engine/decoding/fairQueue.js';

const at = (address: string, name = ''): Caller => ({ address, name });

describe('FairQueue', () => {
  it('alternates between callers, each in the order of its requests', () => {
    const queue = new FairQueue<string>();
    for (const request of ['a1', 'a2', 'a3']) queue.push(at('a'), request);
    for (const request of ['b1', 'b2']) queue.push(at('b'), request);
    const order = Array.from({ length: 6 }, () => queue.shift());
    assert.deepEqual(order, ['a1', 'b1', 'a2', 'b2', 'a3', undefined]);
  });

  it('alternates between addresses first, so that many names at one of them bring no more turns', () => {
    const queue = new FairQueue<string>();
    for (const name of ['x', 'y', 'z']) queue.push(at('a', name), `a${name}`);
    queue.push(at('a', 'x'), 'ax again');
    queue.push(at('b'), 'b1');
    queue.push(at('b'), 'b2');
    const order = Array.from({ length: 7 }, () => queue.shift());
    assert.deepEqual(order, ['ax', 'b1', 'ay', 'b2', 'az', 'ax again', undefined]);
    assert.equal(queue.length, 0);
  });

  it('puts a returning caller after those who wait', () => {
    const queue = new FairQueue<string>();
    queue.push(at('a'), 'a1');
    queue.push(at('b'), 'b1');
    assert.equal(queue.shift(), 'a1');
    queue.push(at('a'), 'a2');
    assert.equal(queue.shift(), 'b1');
    assert.equal(queue.shift(), 'a2');
  });

  it('drops a withdrawn request', () => {
    const queue = new FairQueue<string>();
    queue.push(at('a'), 'a1');
    queue.push(at('a'), 'a2');
    assert.equal(queue.remove(at('a'), 'a1'), true);
    assert.equal(queue.remove(at('a'), 'a1'), false);
    assert.equal(queue.length, 1);
    assert.equal(queue.shift(), 'a2');
    assert.equal(queue.remove(at('b'), 'b1'), false);
  });
});
