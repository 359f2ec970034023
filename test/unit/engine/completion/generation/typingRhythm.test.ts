import assert from 'node:assert/strict';
import { TypingRhythm } from '../../../../../src/engine/completion/generation/typingRhythm.js';
import { FakeClock } from '../support/fakeClock.js';

/** A rhythm after keys at this interval, the last one at 10,000. */
function typing(interval: number, firstText?: number): TypingRhythm {
  const rhythm = new TypingRhythm();
  for (let key = 20; key >= 0; key--) rhythm.key(10_000 - key * interval);
  rhythm.firstText(firstText);
  return rhythm;
}

describe('the delay before decoding', () => {
  it('is zero without measurements', () => assert.equal(new TypingRhythm().wait(0), 0));

  it('is zero where the first text arrives before the next key', () =>
    assert.equal(typing(200, 120).wait(10_000), 0));

  it('is slightly longer than the usual interval where keys arrive faster than texts', () => {
    const wait = typing(80, 200).wait(10_000);
    assert.ok(wait > 80 && wait < 160, String(wait));
  });

  it('starts at the last key', () => assert.ok(typing(80, 200).wait(10_060) < typing(80, 200).wait(10_000)));

  it('ends with the reason of the signal, as a superseded request does', async () => {
    const rhythm = typing(80, 200);
    const superseded = new AbortController();
    const pause = rhythm.pause(new FakeClock(10_000), superseded.signal);
    const reason = new DOMException('a newer request came', 'AbortError');
    superseded.abort(reason);
    await assert.rejects(pause, (error) => error === reason);
  });

  it('ignores pauses in typing', () => {
    const rhythm = typing(80, 200);
    const before = rhythm.wait(10_000);
    rhythm.key(60_000);
    assert.ok(Math.abs(rhythm.wait(60_000) - before) < 1);
  });

  it('allows a partial result before the next key and within the latency goal', () => {
    assert.ok(typing(200, 100).partialDue(400) < 200);
    assert.equal(typing(900, 100).partialDue(400), 400);
    assert.equal(new TypingRhythm().partialDue(300), 180);
  });
});
