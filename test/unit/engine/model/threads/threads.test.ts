import assert from 'node:assert/strict';
import {
  fewestThreads,
  chooseThreads,
  threadCandidates,
} from '../../../../../src/engine/model/threads/threadCounts.js';

describe('default threads', () => {
  for (const [cores, prefill, decode] of [
    [1, 1, 1],
    [2, 2, 2],
    [4, 3, 3],
    [16, 15, 8],
  ] as const)
    it(`are ${prefill} for prefill and ${decode} for decoding on ${cores} cores`, () => {
      assert.deepEqual(chooseThreads(0, cores), { prefill, decode });
    });

  it('follow the setting, up to the number of cores', () => {
    assert.deepEqual(chooseThreads(3, 8), { prefill: 3, decode: 3 });
    assert.deepEqual(chooseThreads(64, 8), { prefill: 8, decode: 8 });
  });
});

describe('thread counts to try', () => {
  for (const [cores, candidates] of [
    [1, [1]],
    [2, [1, 2]],
    [3, [1, 2]],
    [4, [1, 2, 3]],
    [8, [1, 2, 4, 7]],
    [9, [1, 2, 4, 8]],
    [16, [1, 2, 4, 8, 15]],
  ] as const)
    it(`${cores} cores: ${candidates.join(', ')}`, () => {
      assert.deepEqual(threadCandidates(cores), candidates);
    });
});

describe('the choice of threads', () => {
  for (const [what, times, chosen] of [
    ['is the fastest where each thread helps much', [40, 22, 13], 4],
    ['is fewer where more help little', [40, 25, 21], 2],
    ['is one where a second helps little', [33, 27, 26], 1],
    ['is one where more don’t help', [20.5, 20, 24], 1],
    ['is fewer where more are slower', [20, 35, 60], 1],
    ['is many where only all together help enough', [40, 36, 20], 4],
  ] as const)
    it(what, () => {
      assert.equal(fewestThreads(new Map(times.map((time, index) => [2 ** index, time]))), chosen);
    });
});
