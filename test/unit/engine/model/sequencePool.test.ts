import assert from 'node:assert/strict';
import { SequencePool } from '../../../../src/engine/model/sequencePool.js';

class Sequence {
  contextTokens: number[] = [];
}

const text = (start: number, length = 20): number[] => Array.from({ length }, (_, i) => start + i);

describe('the sequences of a context', () => {
  it('find a text again after another one', () => {
    const pool = new SequencePool([new Sequence(), new Sequence(), new Sequence()]);
    const first = pool.choose(text(0));
    first.contextTokens = text(0);
    const second = pool.choose(text(100));
    second.contextTokens = text(100);
    assert.notEqual(first, second);
    assert.equal(pool.choose([...text(0), 7, 8]), first);
    assert.equal(pool.choose([...text(100), 7, 8]), second);
  });

  it('evict the least recently used text', () => {
    const sequences = [new Sequence(), new Sequence()] as const;
    const pool = new SequencePool<Sequence>([...sequences]);
    for (const start of [0, 100]) pool.choose(text(start)).contextTokens = text(start);
    pool.choose(text(0));
    assert.deepEqual(pool.choose(text(200)).contextTokens, text(100));
  });

  it('don’t reuse a sequence for a common beginning only', () => {
    const pool = new SequencePool([new Sequence(), new Sequence()]);
    const first = pool.choose(text(0, 100));
    first.contextTokens = text(0, 100);
    assert.notEqual(pool.choose([...text(0, 10), ...text(500, 90)]), first);
  });

  it('prefer the longest common prefix', () => {
    const pool = new SequencePool([new Sequence(), new Sequence()]);
    const first = pool.choose(text(0, 40));
    first.contextTokens = text(0, 40);
    const second = pool.choose([...text(0, 5), ...text(100, 35)]);
    second.contextTokens = [...text(0, 5), ...text(100, 35)];
    assert.equal(pool.choose([...text(0, 5), ...text(100, 30)]), second);
  });

  it('keep the pinned text', () => {
    const pool = new SequencePool([new Sequence(), new Sequence()]);
    const first = pool.choose(text(0, 40));
    first.contextTokens = text(0, 40);
    const longer = [...text(0, 40), ...text(100, 40)];
    const second = pool.choose(longer, text(0, 40));
    assert.notEqual(second, first);
    second.contextTokens = longer;
    assert.equal(pool.choose([...longer, 7], text(0, 40)), second);
    assert.equal(pool.cachedPrefixLength([...longer, 7]), 80);
    assert.equal(new SequencePool([first]).choose(longer, text(0, 40)), first);
  });
});
