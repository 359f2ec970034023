import assert from 'node:assert/strict';
import { freeShare, IdleUnload } from '../../../../src/engine/model/idleUnload.js';

const MINUTE = 60_000;

/** A loaded model, and time that passes when a test says so. */
class Rig {
  readonly host = {
    isLoaded: true,
    uses: 1,
    unloads: 0,
    unload: (): Promise<void> => {
      this.host.unloads++;
      this.host.isLoaded = false;
      return Promise.resolve();
    },
  };
  isWorking = false;
  minutes = 30;
  free: number | undefined = 0.5;
  /** Called when the memory is looked at. */
  onMemory: () => void = () => undefined;
  readonly log: string[] = [];
  private now = 0;
  private next: { readonly at: number; readonly call: () => void } | undefined;

  constructor() {
    new IdleUnload({
      host: this.host,
      isWorking: () => this.isWorking,
      minutes: () => this.minutes,
      log: (_level, message) => this.log.push(message),
      freeShare: () => {
        this.onMemory();
        return Promise.resolve(this.free);
      },
      now: () => this.now,
      after: (milliseconds, call) => void (this.next = { at: this.now + milliseconds, call }),
    });
  }

  async pass(minutes: number): Promise<void> {
    const end = this.now + minutes * MINUTE;
    while (this.next !== undefined && this.next.at <= end) {
      const { at, call } = this.next;
      this.now = at;
      call();
      await new Promise(setImmediate);
    }
    this.now = end;
  }
}

describe('a model that nothing is wanted of', () => {
  let rig: Rig;
  beforeEach(() => void (rig = new Rig()));

  it('is let go after the time that is set, once, and says why', async () => {
    await rig.pass(29);
    assert.equal(rig.host.unloads, 0);
    await rig.pass(3);
    assert.equal(rig.host.unloads, 1);
    assert.match(rig.log.join(), /wasn't used for 30 minutes.*next use loads it again/);
    await rig.pass(100);
    assert.equal(rig.host.unloads, 1);
  });

  it('stays for as long again after each use, and goes again after it was loaded again', async () => {
    for (let i = 0; i < 5; i++) {
      await rig.pass(25);
      rig.host.uses++;
    }
    assert.equal(rig.host.unloads, 0);
    await rig.pass(32);
    assert.equal(rig.host.unloads, 1);
    rig.host.isLoaded = true;
    rig.host.uses++;
    await rig.pass(29);
    assert.equal(rig.host.unloads, 1);
    await rig.pass(3);
    assert.equal(rig.host.unloads, 2);
  });

  it('stays while work runs, however long, and the time begins at its end', async () => {
    rig.isWorking = true;
    await rig.pass(300);
    rig.isWorking = false;
    await rig.pass(29);
    assert.equal(rig.host.unloads, 0);
    await rig.pass(3);
    assert.equal(rig.host.unloads, 1);
  });

  it('stays for ever where the setting is 0, even when memory is short', async () => {
    rig.minutes = 0;
    rig.free = 0.01;
    await rig.pass(10_000);
    assert.equal(rig.host.unloads, 0);
  });

  it('follows the setting when it changes', async () => {
    await rig.pass(10);
    rig.minutes = 5;
    await rig.pass(1);
    assert.equal(rig.host.unloads, 1);
  });

  it('is let go early when the system runs short of memory, but not in the first minute', async () => {
    rig.free = 0.04;
    await rig.pass(0.9);
    assert.equal(rig.host.unloads, 0);
    await rig.pass(1);
    assert.equal(rig.host.unloads, 1);
    assert.match(rig.log.join(), /only 4 % of the memory is available/);
  });

  it('stays when work began while the memory was looked at', async () => {
    rig.free = 0.04;
    rig.onMemory = () => {
      rig.host.uses++;
    };
    await rig.pass(20);
    assert.equal(rig.host.unloads, 0);
  });

  it('stays for its time where the system says nothing of its memory', async () => {
    rig.free = undefined;
    await rig.pass(29);
    assert.equal(rig.host.unloads, 0);
  });
});

describe('the memory that is available', () => {
  it('is read from the system’s own figures', async () => {
    const text = 'MemTotal:       16000000 kB\nMemFree:          100000 kB\nMemAvailable:     640000 kB\n';
    assert.equal(await freeShare(() => Promise.resolve(text)), 0.04);
  });

  it('is unknown where there are none', async () => {
    assert.equal(await freeShare(() => Promise.reject(new Error('ENOENT'))), undefined);
    assert.equal(await freeShare(() => Promise.resolve('MemTotal: many')), undefined);
  });
});
