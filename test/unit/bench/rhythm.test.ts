import assert from 'node:assert/strict';
import { keyTimings } from '../../../bench/typing/rhythm.js';

const TEXT = 'for item in items:\n    total += item.price\n'.repeat(60);
const OPTIONS = { keyMs: 200, typoRate: 0.02, acceptRate: 0.15, seed: 7 };

describe('the typing benchmark’s rhythm', () => {
  const timings = keyTimings(TEXT, OPTIONS);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('depends only on the seed', () => {
    assert.deepEqual(keyTimings(TEXT, OPTIONS), timings);
    assert.notDeepEqual(keyTimings(TEXT, { ...OPTIONS, seed: 8 }), timings);
  });

  it('has the given mean between keys, including bursts', () => {
    const keys = timings.filter(({ isPause }) => !isPause).map(({ waitMs }) => waitMs);
    assert.ok(Math.abs(mean(keys) - 200) < 15, `${mean(keys)} ms`);
  });

  it('pauses only before lines and words, for 0.8 to 2 s, mostly before lines', () => {
    const pauses = timings.flatMap((timing, offset) => (timing.isPause ? [{ ...timing, offset }] : []));
    for (const { waitMs, offset } of pauses) {
      assert.ok(waitMs >= 800 && waitMs <= 2000, `${waitMs} ms`);
      assert.match(TEXT.slice(0, offset).slice(-1) || '\n', /\W/);
    }
    const atLines = pauses.filter(({ offset }) => /(?:^|\n) *$/.test(TEXT.slice(0, offset))).length;
    assert.ok(atLines > pauses.length / 2 && atLines < pauses.length, `${atLines} of ${pauses.length}`);
  });

  it('makes typos with a letter next to the right one', () => {
    const typos = timings.flatMap(({ typo }, offset) =>
      typo === undefined ? [] : [TEXT.charAt(offset) + typo],
    );
    assert.ok(typos.length > 10, `${typos.length}`);
    for (const slip of typos) {
      const reversed = [...slip].reverse().join('');
      assert.ok(
        ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].some((row) => row.includes(slip) || row.includes(reversed)),
        slip,
      );
    }
  });
});
