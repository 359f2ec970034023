import assert from 'node:assert/strict';
import { trends, type Round } from '../../../bench/soak/flatness.js';
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
  const rounds = (change: (round: number) => Partial<Holdings>, count = 9, minutes = 5): Round[] =>
    Array.from({ length: count }, (_, round) => ({
      minute: (round + 1) * minutes,
      held: { ...HELD, ...change(round) },
    }));
  const notFlat = (measured: readonly Round[]): string[] =>
    trends(measured)
      .filter(({ isFlat }) => !isFlat)
      .map(({ name }) => name);
  const growing = (change: (round: number) => Partial<Holdings>): string[] => notFlat(rounds(change));

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

  // 48 rounds in 16 minutes. The noise has a period of 7 rounds.
  for (const memory of [120, 600, 3000])
    it(`see a leak of 1 MB a minute in a process of ${memory} MB whose memory goes up and down by 1 %`, () => {
      const noisy = (round: number): number => memory * (1 + 0.01 * Math.sin((round * 2 * Math.PI) / 7));
      assert.deepEqual(notFlat(rounds((round) => ({ memory: noisy(round) }), 48, 1 / 3)), []);
      const leaking = rounds((round) => ({ memory: noisy(round) + round / 3 }), 48, 1 / 3);
      assert.deepEqual(notFlat(leaking), ['memory']);
    });

  it('see a leak of 1 MB a minute in JavaScript’s heap, and count its growth by the minute', () => {
    const leaking = rounds((round) => ({ heap: 400 + round / 3 }), 48, 1 / 3);
    assert.deepEqual(notFlat(leaking), ['heap']);
    assert.equal(
      trends(leaking)
        .find(({ name }) => name === 'heap')
        ?.perMinute.toFixed(3),
      '1.000',
    );
  });
});
