import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { HangDetector } from '../../../../src/engine/decoding/hangDetector.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { healthOf } from '../../../../src/engine/http/routes/state.js';
import { Gate } from '../../support/gate.js';

describe('the health of a server', () => {
  it('says that an evaluation doesn’t come to an end, though nothing else has changed', async () => {
    const { health, begin, evaluate, time } = observed();
    assert.equal(health(), 'ok');
    await evaluate(100);
    const end = await begin();
    time.now += 29_000;
    assert.equal(health(), 'ok');
    time.now += 2000;
    assert.equal(health(), 'stuck');
    await end();
    assert.equal(health(), 'ok');
  });

  it('is well on a slow machine, whose evaluations take as long as those before', async () => {
    const { health, detector, begin, time } = observed();
    // The first one reads the weights from a slow disk.
    const first = await begin();
    time.now += 100_000;
    assert.equal(health(), 'ok');
    await first();
    const second = await begin();
    time.now += 290_000;
    assert.equal(health(), 'ok');
    time.now += 20_000;
    assert.equal(health(), 'stuck');
    assert.equal(detector.isHung, false);
    time.now += 700_000;
    assert.equal(detector.isHung, true);
    await second();
  });

  it('is well for all of a long prompt, slice by slice', async () => {
    const { health, detector, evaluate } = observed();
    for (let slice = 0; slice < 256; slice++) {
      await evaluate(10_000);
      assert.equal(health(), 'ok');
      assert.equal(detector.isHung, false);
    }
  });
});

/** A scheduler with a clock of its own. */
function observed() {
  const time = { now: 0 };
  const scheduler = new Scheduler(() => time.now);
  const detector = new HangDetector(scheduler);
  const begin = async (): Promise<() => Promise<void>> => {
    const gate = new Gate();
    const evaluation = scheduler.quantum('chat', new AbortController().signal, gate.pass);
    await gate.arrival();
    return async () => {
      await gate.release();
      await evaluation;
      await setImmediate();
    };
  };
  const evaluate = async (milliseconds: number): Promise<void> => {
    const end = await begin();
    time.now += milliseconds;
    await end();
  };
  const health = (): string => healthOf({ kind: 'ready', models: [] }, detector).status;
  return { time, detector, begin, evaluate, health };
}
