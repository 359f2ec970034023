import assert from 'node:assert/strict';
import { RequestClock } from '../../../../src/extension/completion/requestClock.js';

describe('the time at which VS Code asked for ghost text', () => {
  let now = 0;
  beforeEach(() => (now = 100_000));
  const clock = (isRemote: boolean): RequestClock => new RequestClock(isRemote, () => now);

  it('is before a delay on a busy machine', () =>
    assert.equal(clock(false).issuedAt({ requestIssuedDateTime: 99_600 }), 99_600));

  it('is the present when VS Code doesn’t tell it', () => {
    assert.equal(clock(false).issuedAt({}), now);
    assert.equal(clock(false).issuedAt({ requestIssuedDateTime: 'x' }), now);
    assert.equal(clock(true).issuedAt({ requestIssuedDateTime: NaN }), now);
  });

  it('is never in the future', () =>
    assert.equal(clock(false).issuedAt({ requestIssuedDateTime: 100_500 }), now));

  it('is counted from the fastest request where the clocks may differ', () => {
    for (const skew of [-3_600_000, 250, 3_600_000]) {
      const other = clock(true);
      const issuedAt = (delay: number): number =>
        other.issuedAt({ requestIssuedDateTime: now + skew - delay });
      assert.equal(issuedAt(500), now, 'nothing to compare with');
      assert.equal(issuedAt(20), now);
      assert.equal(issuedAt(420), now - 400);
    }
  });
});
