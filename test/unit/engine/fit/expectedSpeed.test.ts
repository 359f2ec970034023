import assert from 'node:assert/strict';
import { expectedSpeed, PROBE } from '../../../../src/engine/fit/expectedSpeed.js';
import { modelFit } from '../../../../src/engine/fit/modelFit.js';
import type { SpeedRecord } from '../../../../src/engine/fit/speedRecords.js';

const record = (file: string, sizeBytes: number, prefill: number, decode: number): SpeedRecord => ({
  machine: 'm',
  file,
  sizeBytes,
  prefill,
  decode,
});

describe('the speed to expect', () => {
  it('is unknown without a measurement, and for a file of unknown size', () => {
    assert.equal(expectedSpeed([], 5e8), undefined);
    assert.equal(expectedSpeed([record(PROBE, 1e8, 400, 40)], 0), undefined);
  });

  it('is the model’s own once that was measured: the file is a little larger than its weights', () => {
    const own = expectedSpeed([record('a.gguf', 485_452_288, 119, 13.5)], 491_400_064);
    assert.deepEqual(own, { prefill: 119, decode: 13.5, isMeasured: true });
  });

  it('follows from the probe: as measured on one machine within a fifth', () => {
    const probe = [record(PROBE, 129_585_152, 452, 44.9)];
    for (const [sizeBytes, prefill, decode] of [
      [485_452_288, 119, 13.5],
      [1_111_370_240, 62, 6.7],
    ] as const) {
      const speed = expectedSpeed(probe, sizeBytes);
      assert.ok(speed !== undefined && !speed.isMeasured);
      assert.ok(Math.abs(Math.log(speed.prefill / prefill)) < 0.2, `prefill ${speed.prefill}`);
      assert.ok(Math.abs(Math.log(speed.decode / decode)) < 0.2, `decode ${speed.decode}`);
    }
  });

  it('follows from the nearest real model rather than from the probe', () => {
    const records = [record(PROBE, 1e9, 1, 1), record('a', 4e8, 200, 30), record('b', 8e9, 10, 2)];
    assert.equal(expectedSpeed(records, 8e8)?.prefill, 100);
    assert.equal(expectedSpeed(records, 16e9)?.prefill, 5);
  });

  it('doesn’t take a probe of the same size for the model', () => {
    assert.equal(expectedSpeed([record(PROBE, 5e8, 100, 10)], 5e8)?.isMeasured, false);
  });
});

describe('whether a model fits', () => {
  const size = { sizeBytes: 1e9, memoryBytes: 2e9 };

  it('looks at the GPU’s memory first, then at both', () => {
    assert.equal(modelFit(size, { ramBytes: 1e9, videoBytes: 8e9 })?.place, 'gpu');
    assert.equal(modelFit(size, { ramBytes: 16e9, videoBytes: 1e9 })?.place, 'partial');
    assert.equal(modelFit(size, { ramBytes: 16e9, videoBytes: 3e8 })?.place, 'cpu');
    assert.equal(modelFit(size, { ramBytes: 16e9 })?.place, 'cpu');
    assert.equal(modelFit(size, { ramBytes: 1.5e9 })?.place, 'none');
    assert.equal(modelFit(size, { ramBytes: 1.5e9, videoBytes: 1e9 })?.place, 'partial');
  });

  it('estimates the memory of a model that wasn’t measured, and knows nothing of one of unknown size', () => {
    const fit = modelFit({ sizeBytes: 4e9, memoryBytes: 0 }, { ramBytes: 64e9 });
    assert.ok(fit !== undefined && fit.memoryBytes > 4e9 && fit.memoryBytes < 6e9);
    assert.equal(modelFit({ sizeBytes: 0, memoryBytes: 0 }, { ramBytes: 64e9 }), undefined);
  });
});
