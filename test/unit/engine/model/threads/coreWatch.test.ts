import assert from 'node:assert/strict';
import { CoreWatch } from '../../../../../src/engine/model/threads/coreWatch.js';
import { busyMsOf, processorClock } from '../../../../../src/engine/model/threads/processorClock.js';
import { PacedMachine } from './support/pacedMachine.js';

describe('CoreWatch', () => {
  let machine: PacedMachine;
  let looks: number;
  let watch: CoreWatch;

  beforeEach(() => {
    machine = new PacedMachine(4);
    looks = 0;
    watch = new CoreWatch(
      () => {
        looks++;
        return machine.clock();
      },
      () => machine.clock().wall,
    );
  });

  it('has no value at first', () => {
    assert.equal(watch.busyCores(), undefined);
  });

  it('reports the load of other processes, without this one', () => {
    machine.others = 1.5;
    machine.pass(500, 2);
    assert.equal(watch.busyCores(), 1.5);
    machine.others = 0;
    machine.pass(500, 3);
    assert.equal(watch.busyCores(), 0);
  });

  it('has no value after a long sleep', () => {
    machine.others = 2;
    machine.pass(60_000, 0);
    assert.equal(watch.busyCores(), undefined);
    machine.pass(500, 0);
    assert.equal(watch.busyCores(), 2);
  });

  it('reads no more often than the system updates', () => {
    machine.others = 1;
    for (let i = 0; i < 100; i++) {
      watch.busyCores();
      machine.pass(10, 1);
    }
    assert.ok(looks <= 5, `${looks} times in a second`);
    assert.equal(watch.busyCores(), 1);
  });

  it('has no value where the system reports none', () => {
    machine.reportsCoreLoad = false;
    watch.busyCores();
    machine.pass(500, 1);
    assert.equal(watch.busyCores(), undefined);
  });
});

describe('the processor times', () => {
  it('add up the busy times of Linux', () => {
    const stat = 'cpu  100 20 30 4000 500 6 7 80 0 0\ncpu0 50 10 15 2000 250 3 3 40 0 0\n';
    assert.equal(busyMsOf(stat), 1630);
    assert.equal(busyMsOf('something else'), undefined);
  });

  it('advance', () => {
    const before = processorClock();
    for (let i = 0; i < 1e6; i++) Math.sqrt(i);
    const after = processorClock();
    assert.ok(after.wall > before.wall && after.own > before.own);
    assert.ok((after.all ?? 0) >= (before.all ?? 0));
  });
});
