import assert from 'node:assert/strict';
import { benchStats, benchPrompt } from '../../../src/engine/bench/benchRun.js';
import { seedBench } from '../../../src/engine/bench/seedBench.js';
import { Decoder } from '../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../src/engine/decoding/scheduler.js';
import { ScriptedModel } from '../support/scriptedModel.js';

const { signal } = new AbortController();

/** Ends at once unless its tokens are constrained. */
const model = (): ScriptedModel => new ScriptedModel({ answer: () => '\u0000'.repeat(100) });

describe('the seed benchmark', () => {
  const options = { rounds: 2, uncachedTokens: 3, rows: [{ promptTokens: 20, generatedTokens: 10 }] };

  it('evaluates the prompt once with the cache, and each token once', async () => {
    const scripted = model();
    const oneUncached = { ...options, uncachedTokens: 1 };
    await seedBench(scripted, new Decoder(new Scheduler()), oneUncached, signal, () => undefined);
    const evaluated = scripted.steps
      .filter(({ operation }) => operation === 'token')
      .map(({ count }) => count);
    // The warm-up's eight tokens, two rounds of ten, then the uncached warm-up and two rounds of one.
    const run = (tokens: number): number[] => [20, ...Array<number>(tokens - 1).fill(1)];
    assert.deepEqual(evaluated, [run(8), run(10), run(10), run(1), run(1), run(1)].flat());
  });

  it('evaluates the whole text for each token without the cache', async () => {
    const scripted = model();
    await seedBench(scripted, new Decoder(new Scheduler()), options, signal, () => undefined);
    const counts = scripted.steps.filter(({ operation }) => operation === 'token').map(({ count }) => count);
    assert.deepEqual(counts.slice(-6), [20, 21, 22, 20, 21, 22]);
  });

  it('reports how many tokens were measured, and compares the same number', async () => {
    const [row] = await seedBench(model(), new Decoder(new Scheduler()), options, signal, () => undefined);
    assert.ok(row !== undefined);
    assert.deepEqual([row.cached.tokens, row.uncached.tokens, row.cached.rounds], [10, 3, 2]);
    assert.ok(row.gain > 0 && row.cached.peakBytes > 0);
  });

  it('measures all tokens if it is asked to', async () => {
    const all = { ...options, rounds: 1, uncachedTokens: Infinity };
    const [row] = await seedBench(model(), new Decoder(new Scheduler()), all, signal, () => undefined);
    assert.equal(row?.uncached.tokens, 10);
  });

  it('fails if the model generates fewer tokens', async () => {
    const short = new ScriptedModel({ answer: () => 'ab' });
    await assert.rejects(
      seedBench(short, new Decoder(new Scheduler()), options, signal, () => undefined),
      /evaluationFailed/,
    );
  });

  it('disposes its context when it is interrupted', async () => {
    const controller = new AbortController();
    const scripted = model();
    const running = seedBench(scripted, new Decoder(new Scheduler()), options, controller.signal, () =>
      controller.abort(new Error('stopped')),
    );
    await assert.rejects(running, /stopped/);
    assert.equal(scripted.steps.at(-1)?.operation, 'dispose');
  });
});

describe('the prompt of the benchmark', () => {
  for (const length of [1, 32, 5000])
    it(`has exactly ${length} tokens`, () => {
      assert.equal(benchPrompt(model(), length).tokens.length, length);
      const { tokens, allowedTokens } = benchPrompt(
        { tokenize: (text) => [...Buffer.from(text)], bos: 300 },
        length,
      );
      assert.equal(tokens.length, length);
      assert.equal(tokens[0], 300);
      assert.ok(!allowedTokens.includes(300) && allowedTokens.length > 10);
    });
});

describe('the stats of some runs', () => {
  it('are their means, with the maximum of memory', () => {
    const stats = benchStats([
      { tokenMs: [100, 200, 300], peakBytes: 5 },
      { tokenMs: [200, 300, 500], peakBytes: 7 },
    ]);
    assert.deepEqual(stats, {
      rounds: 2,
      tokens: 3,
      latencyMs: 400,
      firstTokenMs: 150,
      tokensPerSecond: 7.5,
      decodeTokensPerSecond: 8,
      peakBytes: 7,
    });
  });

  it('can cover the first tokens only', () => {
    const { tokens, latencyMs } = benchStats([{ tokenMs: [100, 200, 300], peakBytes: 5 }], 2);
    assert.deepEqual([tokens, latencyMs], [2, 200]);
  });
});
