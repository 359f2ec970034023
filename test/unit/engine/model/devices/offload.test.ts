import assert from 'node:assert/strict';
import { loadReduced, type OffloadLayers } from '../../../../../src/engine/model/devices/offload.js';
import type { NativeModel } from '../../../../../src/engine/model/llamaBinding.js';

/** A GPU that holds so many layers, whatever it says. */
function gpu(
  holds: number,
  total = 24,
): { asked: OffloadLayers[]; load: (layers: OffloadLayers) => Promise<NativeModel> } {
  const asked: OffloadLayers[] = [];
  return {
    asked,
    load: (layers) => {
      asked.push(layers);
      const gpuLayers = typeof layers === 'number' ? layers : (layers.max ?? total);
      if (gpuLayers > holds) return Promise.reject(new Error('out of memory'));
      const model: unknown = { gpuLayers, fileInsights: { totalLayers: total } };
      return Promise.resolve(model as NativeModel);
    },
  };
}
const isMemory = (error: unknown): boolean => String(error).includes('memory');

describe('layers on a GPU', () => {
  it('are all of them where they fit, with room for the context', async () => {
    const { load, asked } = gpu(24);
    const { isReduced } = await loadReduced(true, { load, isMemory });
    assert.equal(isReduced, false);
    assert.deepEqual(asked, [{ min: 0, fitContext: { contextSize: 8192 } }]);
  });

  it('become fewer where loading runs out of memory', async () => {
    const { load, asked } = gpu(10);
    const { model, isReduced } = await loadReduced(true, { load, isMemory });
    assert.deepEqual([model.gpuLayers, isReduced], [6, true]);
    assert.equal(asked.length, 3);
  });

  it('are given up where not even a few fit, with the first reason', async () => {
    await assert.rejects(loadReduced(true, { load: gpu(1).load, isMemory }), /out of memory/);
  });

  it('are not tried again after another failure', async () => {
    const load = (): Promise<never> => Promise.reject(new Error('bad file'));
    await assert.rejects(loadReduced(true, { load, isMemory }), /bad file/);
  });

  it('are none without a GPU', async () => {
    const { load, asked } = gpu(24);
    await loadReduced(false, { load, isMemory });
    assert.deepEqual(asked, [0]);
  });
});
