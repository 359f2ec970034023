import assert from 'node:assert/strict';
import { checkMemory } from '../../../../src/engine/model/loadFailure.js';
import { machineMemory } from '../../../../src/engine/model/machineMemory.js';
import { EngineError } from '../../../../src/protocol/errors.js';

const GB = 1e9;

describe('memory for a model', () => {
  it('is enough for a model that fits with some reserve', () => {
    checkMemory('m.gguf', 1 * GB, { totalBytes: 4 * GB, availableBytes: 2 * GB });
  });

  for (const [title, memory, availableBytes] of [
    ['the machine has', { totalBytes: 1 * GB, availableBytes: 8 * GB }, 1 * GB],
    ['other programs leave', { totalBytes: 8 * GB, availableBytes: 1 * GB }, 1 * GB],
  ] as const) {
    it(`is too little for one that needs more than ${title}`, () => {
      assert.throws(
        () => checkMemory('m.gguf', 1 * GB, memory),
        (error) => {
          assert.ok(error instanceof EngineError);
          assert.deepEqual(error.data, {
            kind: 'notEnoughMemory',
            path: 'm.gguf',
            neededBytes: 1.1 * GB,
            availableBytes,
          });
          return true;
        },
      );
    });
  }

  it('is between zero and the total memory on this machine', async () => {
    const { totalBytes, availableBytes } = await machineMemory();
    assert.ok(availableBytes > 0);
    assert.ok(availableBytes <= totalBytes);
    assert.ok(Number.isSafeInteger(totalBytes));
  });
});
