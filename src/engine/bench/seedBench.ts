import type { BenchmarkStep, SeedFigures, SeedRow } from '../../protocol/benchmark.js';
import type { Decoder } from '../decoding/decoder.js';
import type { Model } from '../model/model.js';
import { benchFigures } from './benchFigures.js';
import { benchPrompt } from './benchPrompt.js';
import { cachedRun, uncachedRun, type BenchDeps, type BenchRun } from './forcedRun.js';

export interface SeedWishes {
  readonly rows: readonly SeedRow[];
  readonly rounds: number;
  /** Tokens that are measured without the cache, where each takes as long as its whole text; Infinity for all. */
  readonly uncachedTokens: number;
}

/** As fast as more at once on a CPU; a GPU wants more. */
const BATCH_TOKENS = { cpu: 128, gpu: 512 };
const WARM_UP_TOKENS = { cached: 8, uncached: 2 };

/**
 * Measures latency, speed and memory of one sequence, with the KV cache and without it. Each row has a warm-up that
 * isn't counted.
 * @param onStep told what is measured next
 * @throws the signal's reason; EngineError
 */
export async function seedBench(
  model: Model,
  decoder: Pick<Decoder, 'decode'>,
  { rows, rounds, uncachedTokens }: SeedWishes,
  signal: AbortSignal,
  onStep: (step: BenchmarkStep) => void,
): Promise<readonly SeedFigures[]> {
  const longest = Math.max(
    ...rows.map(({ promptTokens, generatedTokens }) => promptTokens + generatedTokens),
  );
  const context = await model.openContext({
    contextTokens: longest + 1,
    batchTokens: model.device.kind === 'cpu' ? BATCH_TOKENS.cpu : BATCH_TOKENS.gpu,
  });
  const means: BenchDeps = { decoder, context, signal };
  const steps = rows.length * 2 * rounds;
  let step = 0;
  try {
    const figures: SeedFigures[] = [];
    for (const row of rows) {
      const prompt = benchPrompt(model, row.promptTokens);
      const measure = async (cache: 'cached' | 'uncached', tokens: number): Promise<BenchRun[]> => {
        const run = cache === 'cached' ? cachedRun : uncachedRun;
        await run(means, prompt, Math.min(WARM_UP_TOKENS[cache], tokens));
        const runs: BenchRun[] = [];
        for (let round = 0; round < rounds; round++) {
          onStep({ ...row, cache, round, step: step++, steps });
          runs.push(await run(means, prompt, tokens));
        }
        return runs;
      };
      const cached = await measure('cached', row.generatedTokens);
      const tokens = Math.min(row.generatedTokens, uncachedTokens);
      const uncached = benchFigures(await measure('uncached', tokens));
      const gain = uncached.latencyMs / benchFigures(cached, tokens).latencyMs;
      figures.push({ ...row, cached: benchFigures(cached), uncached, gain });
    }
    return figures;
  } finally {
    await context.dispose();
  }
}
