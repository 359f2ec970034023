import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Scheduler } from '../../../../../src/engine/decoding/scheduler.js';
import { IdleTime } from '../../../../../src/engine/model/idleTime.js';
import { ThreadCalibration } from '../../../../../src/engine/model/threads/threadCalibration.js';
import { ThreadRecords } from '../../../../../src/engine/model/threads/threadRecords.js';
import { PacedMachine, PacedModel, type Pace } from './support/pacedMachine.js';

/** Prefill gains from each thread, decoding from two. */
const PACE: Pace = (work, threads) => (work === 'prefill' ? 8 / threads : threads === 1 ? 40 : 25);

describe('ThreadCalibration', () => {
  let folder: string;
  let machine: PacedMachine;
  let scheduler: Scheduler;
  let log: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'calibration-'));
    machine = new PacedMachine(4);
    scheduler = new Scheduler();
    log = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  function calibration(): ThreadCalibration {
    const { clock, cores } = machine;
    const idle = new IdleTime(scheduler, clock, cores, machine.pause);
    const records = new ThreadRecords(() => join(folder, 'threads.json'));
    return new ThreadCalibration({ scheduler, idle, clock, cores }, records, (_, line) => log.push(line));
  }

  async function measured(model: PacedModel): Promise<void> {
    const lines = log.length;
    await until(() => model.threads.isMeasured && log.length > lines);
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await setTimeout(1);
  }

  it('chooses the fewest threads that are fast for prefill and decoding', async () => {
    const model = new PacedModel(machine, PACE);
    await calibration().attend(model);
    assert.equal(model.threads.isMeasured, false, 'it ran at once');
    await measured(model);
    assert.deepEqual(model.threads.counts, { prefill: 3, decode: 2 });
    assert.deepEqual([model.opened, model.disposed], [1, 1]);
  });

  it('evaluates nothing where a record exists', async () => {
    const first = new PacedModel(machine, PACE);
    await calibration().attend(first);
    await measured(first);
    const second = new PacedModel(machine, PACE);
    await calibration().attend(second);
    assert.deepEqual(second.threads.counts, { prefill: 3, decode: 2 });
    assert.equal(second.opened, 0);
    const larger = new PacedModel(machine, PACE, { sizeBytes: 2000 });
    await calibration().attend(larger);
    assert.equal(larger.threads.isMeasured, false);
    await measured(larger);
  });

  for (const [what, options] of [
    ['the setting has a number of threads', { configuredThreads: 2 }],
    ['a GPU runs the model', { device: 'cuda' }],
  ] as const)
    it(`does nothing when ${what}`, async () => {
      const model = new PacedModel(machine, PACE, options);
      await calibration().attend(model);
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      assert.deepEqual([model.opened, machine.pauses, model.threads.isMeasured], [0, 0, false]);
    });

  it('waits while other processes keep the cores busy', async () => {
    machine.others = 2;
    const model = new PacedModel(machine, PACE);
    await calibration().attend(model);
    await until(() => machine.pauses >= 5);
    assert.equal(model.opened, 0);
    machine.others = 0;
    await measured(model);
  });

  for (const reportsCoreLoad of [true, false])
    it(`discards measurements disturbed by other processes${reportsCoreLoad ? '' : ' that it can’t see'}`, async () => {
      machine.reportsCoreLoad = reportsCoreLoad;
      const model = new PacedModel(machine, PACE);
      model.before = () => void (machine.others = 2.5);
      machine.onPause = () => void (machine.others = 0);
      await calibration().attend(model);
      await until(() => model.disposed === 3);
      for (let turn = 0; turn < 50; turn++) await setImmediate();
      assert.deepEqual(
        [model.opened, model.threads.isMeasured],
        [3, false],
        'it gives up until the next load',
      );
      const next = new PacedModel(machine, PACE);
      await calibration().attend(next);
      await measured(next);
    });

  it('yields to a completion, and waits for idle time again', async () => {
    const model = new PacedModel(machine, PACE);
    const { signal } = new AbortController();
    const order: string[] = [];
    const quantum = scheduler.quantum.bind(scheduler);
    scheduler.quantum = (...all) => quantum(...all).finally(() => order.push('trial'));
    model.before = () => {
      if (order.length === 5 && !order.includes('requested')) {
        order.push('requested');
        void quantum('completion', signal, () => Promise.resolve(order.push('completion')));
      }
    };
    await calibration().attend(model);
    await measured(model);
    assert.deepEqual(order.slice(5, 8), ['requested', 'trial', 'completion']);
    assert.equal(machine.pauses, 2);
  });

  it('never runs longer than 200 ms at once', async () => {
    const model = new PacedModel(machine, (work, threads) => PACE(work, threads) * 3);
    let longest = 0;
    const quantum = scheduler.quantum.bind(scheduler);
    scheduler.quantum = (priority, signal, work) =>
      quantum(priority, signal, async () => {
        const { wall } = machine.clock();
        const result = await work();
        longest = Math.max(longest, machine.clock().wall - wall);
        return result;
      });
    await calibration().attend(model);
    await measured(model);
    assert.ok(longest > 0 && longest <= 200, `${longest} ms`);
  });

  it('ends when the model is disposed', async () => {
    const model = new PacedModel(machine, PACE);
    model.before = () => {
      if (model.evaluations.length === 10) model.ending.abort();
    };
    await calibration().attend(model);
    await until(() => model.disposed === 1);
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    assert.deepEqual([model.opened, model.threads.isMeasured, log], [1, false, []]);
  });

  it('keeps the estimate when a trial fails, and logs it', async () => {
    const model = new PacedModel(machine, PACE);
    model.before = () => Promise.reject(new Error('no memory'));
    await calibration().attend(model);
    await until(() => log.length > 0);
    assert.match(log.join(), /no memory/);
    assert.deepEqual([model.disposed, model.threads.isMeasured], [1, false]);
  });
});
