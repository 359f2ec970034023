import assert from 'node:assert/strict';
import { beatsFor } from '../../../bench/typing/rhythm.js';

const TEXT = 'for item in items:\n    total += item.price\n'.repeat(60);
const OPTIONS = { keyMs: 200, slips: 0.02, accepts: 0.15, seed: 7 };

describe('the typing benchmark’s rhythm', () => {
  const beats = beatsFor(TEXT, OPTIONS);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('is the same for the same seed, and another for another', () => {
    assert.deepEqual(beatsFor(TEXT, OPTIONS), beats);
    assert.notDeepEqual(beatsFor(TEXT, { ...OPTIONS, seed: 8 }), beats);
  });

  it('has the wanted mean between keys, bursts included', () => {
    const keys = beats.filter(({ isPause }) => !isPause).map(({ waitMs }) => waitMs);
    assert.ok(Math.abs(mean(keys) - 200) < 15, `${mean(keys)} ms`);
  });

  it('pauses before lines and words only, for 0.8 to 2 s, before lines most', () => {
    const pauses = beats.flatMap((beat, place) => (beat.isPause ? [{ ...beat, place }] : []));
    for (const { waitMs, place } of pauses) {
      assert.ok(waitMs >= 800 && waitMs <= 2000, `${waitMs} ms`);
      assert.match(TEXT.slice(0, place).slice(-1) || '\n', /\W/);
    }
    const atLines = pauses.filter(({ place }) => /(?:^|\n) *$/.test(TEXT.slice(0, place))).length;
    assert.ok(atLines > pauses.length / 2 && atLines < pauses.length, `${atLines} of ${pauses.length}`);
  });

  it('slips to a letter that is beside the right one', () => {
    const slips = beats.flatMap(({ slip }, place) => (slip === undefined ? [] : [TEXT.charAt(place) + slip]));
    assert.ok(slips.length > 10, `${slips.length}`);
    for (const slip of slips) {
      const reversed = [...slip].reverse().join('');
      assert.ok(
        ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].some((row) => row.includes(slip) || row.includes(reversed)),
        slip,
      );
    }
  });
});
