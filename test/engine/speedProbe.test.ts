import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { LlamaLoader } from '../../src/engine/model/llamaLoader.js';
import { probeSpeed } from '../../src/engine/fit/speedProbe.js';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings.js';

describe('the speed probe', function () {
  this.timeout(120_000);

  it('measures llama.cpp with a model of its own, and leaves nothing behind', async () => {
    const loader = new LlamaLoader(
      () => ({ ...DEFAULT_SETTINGS, gpu: 'off' }),
      () => undefined,
    );
    const before = new Set(await readdir(tmpdir()));
    const { prefill, decode, sizeBytes, device } = await probeSpeed(loader);
    assert.ok(prefill > 0 && Number.isFinite(prefill));
    assert.ok(decode > 0 && Number.isFinite(decode));
    // A prompt's tokens are evaluated together.
    assert.ok(prefill > decode);
    assert.equal(device.kind, 'cpu');
    assert.ok(sizeBytes > 100e6);
    const left = (await readdir(tmpdir())).filter(
      (name) => name.startsWith('youtu-probe-') && !before.has(name),
    );
    assert.deepEqual(left, []);
  });
});
