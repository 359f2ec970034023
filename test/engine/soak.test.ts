import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProbedEngine, type Holdings } from '../../bench/soak/probedEngine.js';
import { work, type Workload } from '../../bench/soak/work.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';

/** A few minutes of work: everything that the long soak does (`node scripts/bench.mjs soak`). */
const SHORT: Workload = {
  keys: 40,
  chats: 4,
  fixes: 2,
  httpRequests: 16,
  suspends: 1,
  clockJumps: 2,
  killedClients: 0,
};
const WARM_UP_ROUNDS = 2;
const ROUNDS = 3;
/** Sockets and child processes that have ended are gone from the process's books soon after. */
const MAX_SETTLE_MS = 3000;
const MAX_HEAP_MB_PER_ROUND = 1;

(process.platform === 'linux' ? describe : describe.skip)('an engine that works for hours', function () {
  this.timeout(120_000);
  let probed: ProbedEngine;
  before(async () => {
    const model = await scriptedCoder();
    probed = await ProbedEngine.start({ completionModel: model, chatModel: model, gpu: 'off', threads: 1 });
  });
  after(() => probed.stop());

  it('has no more open files, threads, handles and listeners after each round', async () => {
    for (let round = 0; round < WARM_UP_ROUNDS; round++) await work(probed, SHORT, round);
    const before = await settled(counts(await probed.holdings()));
    for (let round = 0; round < ROUNDS; round++) await work(probed, SHORT, WARM_UP_ROUNDS + round);
    const after = await settled(counts(before));
    assert.deepEqual(counts(after), counts(before));
    const growth = (after.heap - before.heap) / ROUNDS;
    assert.ok(growth <= MAX_HEAP_MB_PER_ROUND, `${growth.toFixed(2)} MB of heap more in each round`);
  });

  it('leaves no process behind when its client is killed', () =>
    work(
      probed,
      {
        ...SHORT,
        keys: 0,
        chats: 0,
        fixes: 0,
        httpRequests: 0,
        suspends: 0,
        clockJumps: 0,
        killedClients: 1,
      },
      0,
    ));

  it('answers after a suspend and after its clock was set back', async () => {
    await probed.jumpClock(-86_400_000);
    await probed.suspend(500);
    assert.equal(await probed.engine.complete('def square(x):\n    return▮', 'python'), ' x * x');
    await probed.jumpClock(0);
  });

  /** What is held once it is as `wanted`, or else after some time. */
  async function settled(wanted: Partial<Holdings>): Promise<Holdings> {
    let now = await probed.holdings();
    for (let waited = 0; waited < MAX_SETTLE_MS; waited += 250) {
      if (JSON.stringify(counts(now)) === JSON.stringify(wanted)) break;
      await sleep(250);
      now = await probed.holdings();
    }
    return now;
  }
});

function counts({ descriptors, threads, children, handles, listeners }: Holdings): Partial<Holdings> {
  return { descriptors, threads, children, handles, listeners };
}
