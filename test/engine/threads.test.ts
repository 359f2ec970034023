import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Scheduler } from '../../src/engine/decoding/scheduler.js';
import { IdleTime } from '../../src/engine/model/idleTime.js';
import { LlamaLoader } from '../../src/engine/model/llamaLoader.js';
import type { Model } from '../../src/engine/model/model.js';
import type { ProcessorClock } from '../../src/engine/model/threads/processorClock.js';
import { ThreadCalibration } from '../../src/engine/model/threads/threadCalibration.js';
import { ThreadRecords } from '../../src/engine/model/threads/threadRecords.js';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings.js';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import { answer } from './support/tinyLlama.js';

const CORES = 2;
/** A clock without load from other processes, whatever the machine does. */
const freeClock: ProcessorClock = () => ({ wall: performance.now(), own: 0, all: 0 });

describe('threads on a real llama.cpp', () => {
  let folder: string;
  let path: string;
  let scheduler: Scheduler;

  before(async () => {
    path = await makeTinyModel({
      architecture: 'qwen2',
      infill: true,
      replies: [{ after: '(', text: 'a, b):\n    return a + b\n' }],
    });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'threads-'));
    scheduler = new Scheduler();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  function loader(threads = 0): { loader: LlamaLoader; measured: Promise<string> } {
    let resolveLine: (line: string) => void;
    const measured = new Promise<string>((resolve) => (resolveLine = resolve));
    const idle = new IdleTime(scheduler, freeClock, CORES, async (_, signal) => {
      await setImmediate(undefined, { signal });
    });
    const calibration = new ThreadCalibration(
      { scheduler, idle, clock: freeClock, cores: CORES },
      new ThreadRecords(() => join(folder, 'threads.json')),
      (_, line) => resolveLine(line),
    );
    const settings = { ...DEFAULT_SETTINGS, gpu: 'off', threads } as const;
    return {
      loader: new LlamaLoader(
        () => settings,
        () => undefined,
        calibration,
      ),
      measured,
    };
  }

  const load = (from: LlamaLoader): Promise<Model> =>
    from.load({ id: 'tiny', path }, { onProgress: () => undefined });

  it('are measured at the first load and reused at the second', async () => {
    const first = loader();
    const model = await load(first.loader);
    assert.match(await first.measured, /\d for prefill, \d for decoding \(measured\)/);
    assert.equal(first.loader.threads.isMeasured, true);
    const { prefill, decode } = first.loader.threads.counts;
    assert.ok([1, 2].includes(prefill) && [1, 2].includes(decode));
    assert.equal(await answer(model, 'def f('), 'a, b):\n    return a + b\n', 'the model still answers');
    await model.dispose();
    const second = loader();
    const again = await load(second.loader);
    assert.deepEqual(second.loader.threads.counts, { prefill, decode });
    assert.equal(second.loader.threads.isMeasured, true);
    assert.equal(scheduler.queueLength, 0);
    await again.dispose();
  });

  it('are measured during a generation without changing its text', async () => {
    const { loader: calibrating, measured } = loader();
    const model = await load(calibrating);
    const answers = await Promise.all([answer(model, 'def f('), answer(model, 'def f(')]);
    assert.deepEqual(answers, Array(2).fill('a, b):\n    return a + b\n'));
    await measured;
    await model.dispose();
  });

  it('are not measured when the model is unloaded meanwhile', async () => {
    const { loader: calibrating } = loader();
    const model = await load(calibrating);
    while (scheduler.quanta < 3) await setTimeout(1);
    await model.dispose();
    const { quanta } = scheduler;
    await setTimeout(30);
    assert.ok(scheduler.quanta <= quanta + 1);
    assert.equal(calibrating.threads.isMeasured, false);
  });
});
