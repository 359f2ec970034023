import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { BodyBudget } from '../../../../src/engine/http/bodyBudget.js';

const never = new AbortController().signal;
const options = { smallBytes: 0, totalBytes: 100, addressBytes: 60, maxWaitMs: 10_000 };

async function isWaiting(taken: Promise<unknown>): Promise<boolean> {
  return (await Promise.race([taken, sleep(20, 'waits')])) === 'waits';
}

describe('the memory for request bodies', () => {
  it('is given out until it is used up, and again when it comes back', async () => {
    const budget = new BodyBudget(options);
    const first = await budget.take('a', 60, never);
    const second = await budget.take('b', 40, never);
    const third = budget.take('c', 30, never);
    assert.ok(await isWaiting(third));
    second.release();
    second.release();
    const { release } = await third;
    assert.ok(await isWaiting(budget.take('d', 20, never)));
    first.release();
    release();
  });

  it('is shared by addresses: one that waits for its own bodies holds up no other', async () => {
    const budget = new BodyBudget(options);
    await budget.take('a', 50, never);
    const own = budget.take('a', 20, never);
    assert.ok(await isWaiting(own));
    await budget.take('b', 50, never);
  });

  it('serves all that wait in their order', async () => {
    const budget = new BodyBudget(options);
    const order: number[] = [];
    const first = await budget.take('a', 60, never);
    const all = [1, 2, 3].map(async (number) => {
      const { release } = await budget.take('a', 60, never);
      order.push(number);
      release();
    });
    first.release();
    await Promise.all(all);
    assert.deepEqual(order, [1, 2, 3]);
  });

  it('is refused after a while, and not kept for senders who have left', async () => {
    const budget = new BodyBudget({ ...options, maxWaitMs: 30 });
    const first = await budget.take('a', 60, never);
    await assert.rejects(budget.take('a', 60, never), /reading many large requests/);
    const leaving = new AbortController();
    const left = budget.take('a', 60, leaving.signal);
    leaving.abort(new Error('left'));
    await assert.rejects(left, /left/);
    first.release();
    await budget.take('a', 60, never);
  });

  it('gives back what a body turned out not to take, and lets in all that fit then', async () => {
    const budget = new BodyBudget(options);
    const compressed = await budget.take('a', 60, never);
    const waiting = [1, 2, 3].map(() => budget.take('a', 15, never));
    assert.ok(await isWaiting(Promise.race(waiting)));
    compressed.shrink(15);
    await Promise.all(waiting);
    assert.equal(budget.usedBytes, 60);
    assert.ok(await isWaiting(budget.take('a', 1, never)));
  });

  it('isn’t given out twice when several bodies are done at once', async () => {
    const budget = new BodyBudget({ ...options, addressBytes: 100 });
    const first = [await budget.take('a', 50, never), await budget.take('a', 50, never)];
    const waiting = [1, 2].map(() => budget.take('a', 60, never));
    for (const { release } of first) release();
    await waiting[0];
    assert.equal(budget.usedBytes, 60);
    assert.ok(await isWaiting(waiting[1] ?? Promise.resolve()));
  });

  it('isn’t needed for small bodies', async () => {
    const budget = new BodyBudget({ ...options, smallBytes: 10 });
    await budget.take('a', 60, never);
    const small = await budget.take('a', 10, never);
    small.release();
    assert.equal(budget.usedBytes, 60);
  });
});
