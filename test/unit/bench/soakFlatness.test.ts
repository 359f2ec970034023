import assert from 'node:assert/strict';
import { trends } from '../../../bench/soak/flatness.js';
import type { Holdings } from '../../../bench/soak/probedEngine.js';

const HELD: Holdings = {
  memory: 200,
  heap: 40,
  descriptors: 30,
  threads: 12,
  children: 0,
  handles: 4,
  listeners: 9,
};

describe('a soak’s trends', () => {
  const rounds = (change: (round: number) => Partial<Holdings>): Holdings[] =>
    Array.from({ length: 9 }, (_, round) => ({ ...HELD, ...change(round) }));
  const growing = (change: (round: number) => Partial<Holdings>): string[] =>
    trends(rounds(change))
      .filter(({ isFlat }) => !isFlat)
      .map(({ name }) => name);

  it('are flat where nothing grows, or something shrinks', () => {
    assert.deepEqual(
      growing(() => ({})),
      [],
    );
    assert.deepEqual(
      growing((round) => ({ memory: 200 - round })),
      [],
    );
  });

  it('are flat up to 5 %', () => {
    assert.deepEqual(
      growing((round) => ({ memory: 200 + round })),
      [],
    );
    assert.deepEqual(
      growing((round) => ({ memory: 200 + 2 * round })),
      ['memory'],
    );
  });

  it('see one descriptor more in each round, and the first child process that stays', () => {
    assert.deepEqual(
      growing((round) => ({ descriptors: 30 + round })),
      ['descriptors'],
    );
    assert.deepEqual(
      growing((round) => ({ children: round < 5 ? 0 : 1 })),
      ['children'],
    );
  });

  it('don’t take a single round for a trend', () =>
    assert.deepEqual(
      growing((round) => (round === 7 ? { memory: 400, heap: 80 } : {})),
      [],
    ));
});
