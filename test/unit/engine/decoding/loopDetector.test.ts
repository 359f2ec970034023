import assert from 'node:assert/strict';
import { isRunaway, TokenLoop } from '../../../../src/engine/decoding/loopDetector.js';

/** Number of tokens after which a loop is detected; `undefined` for none. */
function seenAfter(tokens: readonly number[]): number | undefined {
  const loop = new TokenLoop();
  const index = tokens.findIndex((token) => loop.push(token));
  return index < 0 ? undefined : index + 1;
}

const times = (count: number, ...tokens: number[]): number[] =>
  Array.from({ length: count }, () => tokens).flat();

describe('a loop of tokens', () => {
  it('is detected in ten equal tokens', () => {
    assert.equal(seenAfter(times(20, 7)), 10);
    assert.equal(seenAfter([1, 2, 3, ...times(20, 7)]), 13);
    assert.equal(seenAfter(times(9, 7)), undefined);
  });

  it('is detected in a short cycle that fills thirty tokens', () => {
    assert.equal(seenAfter(times(30, 1, 2)), 30);
    assert.equal(seenAfter(times(30, 1, 2, 3)), 30);
    assert.equal(seenAfter([9, ...times(20, 1, 2, 3, 4, 5, 6)]), 31);
    assert.equal(seenAfter(times(20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)), 30);
    assert.equal(seenAfter(times(14, 1, 2)), undefined);
  });

  it('is not detected in a text that continues', () => {
    assert.equal(seenAfter(Array.from({ length: 300 }, (_, i) => i)), undefined);
    assert.equal(seenAfter(Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 1 : i))), undefined);
    assert.equal(seenAfter(times(20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)), undefined);
  });

  it('is detected wherever it begins', () => {
    assert.equal(seenAfter([...Array.from({ length: 100 }, (_, i) => i + 10), ...times(20, 1, 2, 3)]), 130);
  });
});

describe('a loop of repeated lines', () => {
  it('is detected when one line is repeated', () =>
    assert.ok(isRunaway(['a', 'b();', 'b();', 'b();', 'b();'], ['a'])));

  it('is detected when several lines are repeated', () => {
    const circle = ['if (x) {', '  y();', '}'];
    assert.ok(isRunaway([...circle, ...circle, ...circle, ...circle], circle));
  });

  it('is not detected in closing brackets', () => assert.ok(!isRunaway(['}', '}', '}', '}', '}'], [])));

  it('is not detected where the prompt repeats a line', () => {
    const rows = Array.from({ length: 6 }, () => '  [0, 0, 0],');
    assert.ok(!isRunaway(rows, rows));
  });
});
