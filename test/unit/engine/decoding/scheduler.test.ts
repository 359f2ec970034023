import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import type { WorkKind } from '../../../../src/protocol/status.js';
import { Gate } from '../../support/gate.js';

const never = new AbortController().signal;

/** Runs `count` quanta one after another, and records each. */
async function work(
  scheduler: Scheduler,
  kind: WorkKind,
  name: string,
  count: number,
  done: string[],
): Promise<void> {
  for (let quantum = 1; quantum <= count; quantum++) {
    await scheduler.quantum(kind, never, async () => {
      await nextTurn();
      done.push(`${name}${quantum}`);
    });
  }
}

describe('Scheduler', () => {
  it('runs a completion before a fix, a fix before a chat, a chat before a prefill', async () => {
    const scheduler = new Scheduler();
    const gate = new Gate();
    const done: string[] = [];
    const first = scheduler.quantum('warm-up', never, gate.pass);
    const others = (['warm-up', 'chat', 'fix', 'completion'] as const).map((kind) =>
      work(scheduler, kind, kind, 1, done),
    );
    await gate.release();
    await Promise.all([first, ...others]);
    assert.deepEqual(done, ['completion1', 'fix1', 'chat1', 'warm-up1']);
  });

  it('runs all quanta of a completion before a running chat continues', async () => {
    const scheduler = new Scheduler();
    const done: string[] = [];
    const chat = work(scheduler, 'chat', 'chat', 4, done);
    while (done.length < 1) await nextTurn();
    await Promise.all([chat, work(scheduler, 'completion', 'completion', 3, done)]);
    const started = done.indexOf('completion1');
    assert.ok(started <= 2, `the completion waited longer than the running quantum: ${done.join(' ')}`);
    assert.deepEqual(done.slice(started, started + 3), ['completion1', 'completion2', 'completion3']);
    assert.equal(done.at(-1), 'chat4');
  });

  it('alternates between equal priorities', async () => {
    const scheduler = new Scheduler();
    const done: string[] = [];
    await Promise.all(['a', 'b', 'c'].map((name) => work(scheduler, 'chat', name, 3, done)));
    assert.deepEqual(done, ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3']);
  });

  it('runs one quantum at a time', async () => {
    const scheduler = new Scheduler();
    let running = 0;
    let most = 0;
    const quantum = (): Promise<void> =>
      scheduler.quantum('chat', never, async () => {
        most = Math.max(most, ++running);
        await nextTurn();
        running--;
      });
    await Promise.all(Array.from({ length: 5 }, quantum));
    assert.equal(most, 1);
  });

  it('drops a waiting quantum as soon as its signal is aborted', async () => {
    const scheduler = new Scheduler();
    const gate = new Gate();
    const running = scheduler.quantum('chat', never, gate.pass);
    const controller = new AbortController();
    let ran = false;
    const waiting = scheduler.quantum('chat', controller.signal, () => {
      ran = true;
      return Promise.resolve();
    });
    assert.equal(scheduler.queueLength, 1);
    controller.abort(new Error('stopped by the user'));
    await assert.rejects(waiting, /stopped by the user/);
    assert.equal(scheduler.queueLength, 0);
    await gate.release();
    await running;
    assert.equal(ran, false);
  });

  it('does not start a quantum that is aborted before its turn', async () => {
    const scheduler = new Scheduler();
    const controller = new AbortController();
    let ran = false;
    const quantum = scheduler.quantum('chat', controller.signal, () => {
      ran = true;
      return Promise.resolve();
    });
    controller.abort(new Error('at once'));
    await assert.rejects(quantum, /at once/);
    assert.equal(ran, false);
    assert.equal(await scheduler.quantum('chat', never, () => Promise.resolve('ran')), 'ran');
  });

  it('continues after a failed quantum', async () => {
    const scheduler = new Scheduler();
    const done: string[] = [];
    const failing = scheduler.quantum('completion', never, () => Promise.reject(new Error('out of memory')));
    const other = work(scheduler, 'chat', 'chat', 2, done);
    await assert.rejects(failing, /out of memory/);
    await other;
    assert.deepEqual(done, ['chat1', 'chat2']);
  });

  it('continues after work that throws synchronously', async () => {
    const scheduler = new Scheduler();
    const failing = scheduler.quantum('completion', never, () => {
      throw new Error('thrown at once');
    });
    await assert.rejects(failing, /thrown at once/);
    assert.equal(await scheduler.quantum('chat', never, () => Promise.resolve('ran')), 'ran');
  });

  it('rejects a signal that is already aborted', async () => {
    const scheduler = new Scheduler();
    const refused = scheduler.quantum('chat', AbortSignal.abort(new Error('too late')), () =>
      Promise.resolve(),
    );
    await assert.rejects(refused, /too late/);
    assert.equal(await scheduler.quantum('chat', never, () => Promise.resolve('ran')), 'ran');
  });
});
