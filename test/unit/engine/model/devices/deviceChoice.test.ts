import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceChoice, forgetDevices } from '../../../../../src/engine/model/devices/deviceChoice.js';
import type { TrialResult } from '../../../../../src/engine/model/devices/deviceTrial.js';
import { UseMarker } from '../../../../../src/engine/model/devices/useMarker.js';

const CRASHED: TrialResult = { verdict: 'crashed', name: 'Card', detail: 'SIGSEGV' };
const ASK = { wanted: false, threads: 2, library: '3.0.0' };

describe('the choice of a GPU', () => {
  let folder: string;
  let made: string;
  let trials: number;
  let key: string;

  beforeEach(async () => {
    made = await mkdtemp(join(tmpdir(), 'youtu-choice-'));
    folder = made;
    trials = 0;
    key = 'driver 1';
  });
  afterEach(() => rm(made, { recursive: true, force: true }));

  /** As a new process would have it. */
  function choice(result: TrialResult | undefined, retries = false): DeviceChoice {
    return new DeviceChoice({
      folder: () => folder,
      log: () => undefined,
      key: () => Promise.resolve(key),
      retries,
      trial: () => {
        trials++;
        return Promise.resolve(result);
      },
    });
  }

  it('skips one that has crashed, with the reason, until its driver changes', async () => {
    const { isUsable, problem } = await choice(CRASHED).verdict('vulkan', ASK);
    assert.equal(isUsable, false);
    assert.deepEqual(problem, { device: 'vulkan', name: 'Card', reason: 'crashed', detail: 'SIGSEGV' });
    assert.equal((await choice(CRASHED).verdict('vulkan', ASK)).isUsable, false);
    assert.equal(trials, 1);
    key = 'driver 2';
    const fixed = choice({ verdict: 'good', name: 'Card', detail: '' });
    assert.deepEqual(await fixed.verdict('vulkan', ASK), { isUsable: true, name: 'Card' });
    assert.equal(trials, 2);
  });

  it('tries it again when the user asks for that', async () => {
    await choice(CRASHED).verdict('vulkan', ASK);
    const retried = choice({ verdict: 'good', name: 'Card', detail: '' }, true);
    assert.equal((await retried.verdict('vulkan', ASK)).isUsable, true);
    await forgetDevices(folder);
    await choice(CRASHED).verdict('vulkan', ASK);
    assert.equal(trials, 3);
  });

  it('takes a slow one only where the user has named it, and says that it is slow', async () => {
    const slow: TrialResult = { verdict: 'slower', name: 'Old', detail: '9 s, CPU 4 s' };
    assert.equal((await choice(slow).verdict('vulkan', ASK)).isUsable, false);
    const wanted = await choice(slow).verdict('vulkan', { ...ASK, wanted: true });
    assert.equal(wanted.isUsable, true);
    assert.equal(wanted.problem?.reason, 'slower');
    const crashed = await choice(CRASHED).verdict('cuda', { ...ASK, wanted: true });
    assert.equal(crashed.isUsable, false);
  });

  it('blames a GPU for an engine that ended while it took the GPU into use', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const use = { device: 'vulkan', key, name: 'Card', since: Date.now() };
    await writeFile(join(folder, `device-in-use-${pid}.json`), JSON.stringify(use));
    const good: TrialResult = { verdict: 'good', name: 'Card', detail: '' };
    const { isUsable, problem } = await choice(good).verdict('vulkan', ASK);
    assert.equal(isUsable, false);
    assert.equal(problem?.reason, 'crashed');
    assert.equal(trials, 0);
    assert.deepEqual(await readdir(folder), ['devices.json']);
  });

  it('blames none for what ended before the machine was started, or is still running', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const use = { device: 'vulkan', key, since: 1000 };
    await writeFile(join(folder, `device-in-use-${pid}.json`), JSON.stringify(use));
    await writeFile(join(folder, `device-in-use-${process.ppid}.json`), JSON.stringify(use));
    const left = await new UseMarker(folder, undefined, () => 2000).takeLeft();
    assert.deepEqual(left, []);
    assert.deepEqual(await readdir(folder), [`device-in-use-${process.ppid}.json`]);
  });

  it('leaves no marker behind where taking into use succeeds or fails in order', async () => {
    const devices = choice(undefined);
    const work = async (): Promise<string> =>
      readFile(join(folder, `device-in-use-${process.pid}.json`), 'utf8');
    assert.match(await devices.using('vulkan', 'Card', '3.0.0', work), /"name":"Card"/);
    await assert.rejects(devices.using('vulkan', 'Card', '3.0.0', () => Promise.reject(new Error('no'))));
    assert.deepEqual(await readdir(folder), []);
  });

  it('counts a damaged record as none', async () => {
    await writeFile(join(folder, 'devices.json'), '{"version":1,"records":[{"device"');
    assert.equal((await choice(CRASHED).verdict('vulkan', ASK)).isUsable, false);
    assert.equal(trials, 1);
  });

  it('works where nothing can be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    folder = join(file, 'models');
    assert.equal((await choice(CRASHED).verdict('vulkan', ASK)).isUsable, false);
    assert.equal(await choice(undefined).using('vulkan', 'Card', '3', () => Promise.resolve(5)), 5);
  });
});
