import assert from 'node:assert/strict';
import { ThreadLimit } from '../../../../../src/engine/model/threads/threadLimit.js';
import { Gate } from '../../../support/gate.js';

/** The load of other processes is unknown. */
const unknown = { busyCores: () => undefined };

const idleLlama = (): { maxThreads: number; gpu: false } => ({ maxThreads: 0, gpu: false });

describe('ThreadLimit', () => {
  const [chat, completion] = [{}, {}];

  it('runs one task at a time, each with its own number of threads', async () => {
    const llama = idleLlama();
    const limit = new ThreadLimit(llama, unknown, 8);
    const gate = new Gate();
    const seen: number[] = [];
    const decoding = limit.run(chat, 1, async () => {
      await gate.pass();
      seen.push(llama.maxThreads);
    });
    const opening = limit.open(4, () => Promise.resolve(seen.push(llama.maxThreads)));
    await gate.release();
    await Promise.all([decoding, opening]);
    assert.deepEqual(seen, [1, 4]);
  });

  it('waits until the last context has released its threads', async () => {
    const limit = new ThreadLimit(idleLlama(), unknown, 8);
    let isReserved = false;
    // As in the library, they are released at the next timer tick.
    await limit.run(chat, 2, () => {
      isReserved = true;
      setTimeout(() => (isReserved = false), 0);
      return Promise.resolve();
    });
    assert.equal(await limit.run(chat, 2, () => Promise.resolve(isReserved)), true);
    assert.equal(await limit.run(completion, 2, () => Promise.resolve(isReserved)), false);
  });

  it('opens a context with all its threads even when the cores are busy', async () => {
    const llama = idleLlama();
    const limit = new ThreadLimit(llama, unknown, 8);
    // An evaluation that gets no processor time: the next ones get fewer threads.
    await limit.run(chat, 4, () => new Promise((resolve) => setTimeout(resolve, 300)));
    assert.ok((await limit.run(chat, 4, () => Promise.resolve(llama.maxThreads))) < 4);
    assert.equal(await limit.open(4, () => Promise.resolve(llama.maxThreads)), 4);
  });

  it('doesn’t count the opening of a context as busy cores', async () => {
    const llama = idleLlama();
    const limit = new ThreadLimit(llama, unknown, 8);
    await limit.open(4, () => new Promise((resolve) => setTimeout(resolve, 300)));
    assert.equal(await limit.run(chat, 4, () => Promise.resolve(llama.maxThreads)), 4);
  });

  it('continues after a failed task', async () => {
    const limit = new ThreadLimit(idleLlama(), unknown, 8);
    const failing = limit.run(chat, 1, () => Promise.reject(new Error('no')));
    const next = limit.run(chat, 1, () => Promise.resolve('done'));
    await assert.rejects(failing, /no/);
    assert.equal(await next, 'done');
  });

  it('gives fewer threads while the cores are busy, except on a GPU and for trials', async () => {
    let busy = 3;
    const watch = { busyCores: () => busy };
    const llama = idleLlama();
    const limit = new ThreadLimit(llama, watch, 4);
    const seen = (): Promise<number> => Promise.resolve(llama.maxThreads);
    assert.equal(await limit.run(chat, 3, seen), 1);
    assert.equal(await limit.exact.run(chat, 3, seen), 3);
    const onGpu = { maxThreads: 0, gpu: 'cuda' } as const;
    const other = new ThreadLimit(onGpu, watch, 4);
    assert.equal(await other.run(chat, 3, () => Promise.resolve(onGpu.maxThreads)), 3);
    busy = 0;
    assert.equal(await limit.run(chat, 3, seen), 3);
  });
});
