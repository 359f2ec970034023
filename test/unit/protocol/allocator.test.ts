import assert from 'node:assert/strict';
import { allocatorEnvironment } from '../../../src/protocol/allocator.js';

describe('the allocator’s variables', () => {
  it('limit arenas, and have large buffers mapped and given back', () =>
    assert.deepEqual(allocatorEnvironment({ PATH: '/bin' }), {
      MALLOC_ARENA_MAX: '2',
      MALLOC_MMAP_THRESHOLD_: '4194304',
      MALLOC_TRIM_THRESHOLD_: '4194304',
    }));

  it('leave alone what the user has set', () =>
    assert.deepEqual(Object.keys(allocatorEnvironment({ MALLOC_ARENA_MAX: '8' })), [
      'MALLOC_MMAP_THRESHOLD_',
      'MALLOC_TRIM_THRESHOLD_',
    ]));
});
