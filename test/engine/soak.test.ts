import assert from 'node:assert/strict';
import { growth, soak, type SoakSample } from '../../bench/soak/soakRun.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';

describe('an engine that is used for long', function () {
  this.timeout(180_000);
  let samples: readonly SoakSample[];
  before(async () => {
    samples = await soak({ model: await scriptedCoder(), milliseconds: 40_000 });
  });

  it('has no more open files, threads, handles and listeners after each round', () => {
    assert.ok(samples.length >= 8, `${samples.length} rounds`);
    for (const figure of ['files', 'threads', 'handles', 'listeners'] as const) {
      const values = samples.map((sample) => sample[figure]);
      assert.ok(growth(samples, figure) <= 0.05, `${figure}: ${values.join()}`);
    }
  });

  it('takes no more memory', () => {
    const megabytes = (figure: 'memory' | 'heap'): string =>
      samples.map((sample) => (sample[figure] / 1e6).toFixed(1)).join();
    assert.ok(growth(samples, 'heap') <= 0.1, `heap: ${megabytes('heap')}`);
    // A tiny model's process is small: what allocators keep of the first rounds is much of it.
    assert.ok(growth(samples, 'memory') <= 0.25, `memory: ${megabytes('memory')}`);
  });
});
