import assert from 'node:assert/strict';
import { TransferRate } from '../../../../src/engine/catalogue/download/transferRate.js';

describe('the rate of a transfer', () => {
  let now = 0;
  let rate: TransferRate;
  beforeEach(() => {
    now = 0;
    rate = new TransferRate(() => now);
  });
  const receive = (ms: number, bytes: number): void => {
    now += ms;
    rate.add(bytes);
  };

  /** A call, since the value changes between two looks at it. */
  const read = (): number => rate.bytesPerSecond ?? Number.NaN;

  it('is unknown in the first second', () => {
    assert.equal(rate.bytesPerSecond, undefined);
    receive(0, 0);
    receive(900, 90_000);
    assert.equal(rate.bytesPerSecond, undefined);
    receive(100, 100_000);
    assert.equal(rate.bytesPerSecond, 100_000);
  });

  it('doesn’t count what an earlier download has left', () => {
    receive(0, 500_000_000);
    receive(2000, 500_200_000);
    assert.equal(rate.bytesPerSecond, 100_000);
  });

  it('follows the last seconds, and falls while nothing comes', () => {
    for (let second = 0; second <= 60; second++) receive(1000, second * 1e6);
    assert.equal(read(), 1e6);
    for (let second = 1; second <= 30; second++) receive(1000, 60e6 + second * 1e5);
    assert.equal(Math.round(read()), 1e5);
    now += 60_000;
    assert.ok(read() < 2e4);
  });

  it('begins again when a source starts over', () => {
    receive(0, 50e6);
    receive(2000, 60e6);
    receive(1000, 0);
    assert.equal(rate.bytesPerSecond, undefined);
    receive(1000, 1e6);
    assert.equal(rate.bytesPerSecond, 1e6);
  });
});
