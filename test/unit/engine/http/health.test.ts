import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { healthOf } from '../../../../src/engine/http/routes/state.js';
import { Gate } from '../../support/gate.js';

describe('the health of a server', () => {
  it('says that an evaluation doesn’t come to an end, though nothing else has changed', async () => {
    let now = 0;
    const scheduler = new Scheduler(() => now);
    const health = (): string => healthOf({ kind: 'ready', models: [] }, scheduler.quantumMs).status;
    assert.equal(health(), 'ok');
    const gate = new Gate();
    const evaluation = scheduler.quantum('chat', new AbortController().signal, gate.pass);
    await gate.arrival();
    now = 29_000;
    assert.equal(health(), 'ok');
    now = 31_000;
    assert.equal(health(), 'stuck');
    await gate.release();
    await evaluation;
    await setImmediate();
    assert.equal(health(), 'ok');
  });
});
