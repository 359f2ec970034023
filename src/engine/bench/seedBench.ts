import type {
  BenchmarkStep,
  SeedStats,
  SeedRow,
  BenchmarkParams,
  SeedReport,
} from '../../protocol/benchmark.js';
import type { Decoder } from '../decoding/decoder.js';
import type { Model } from '../model/model.js';
import {
  benchStats,
  benchPrompt,
  cachedRun,
  uncachedRun,
  type BenchDeps,
  type BenchRun,
} from './benchRun.js';
import type { Engine } from '../engine.js';
import { machineFacts } from '../status/report.js';

export interface SeedBenchOptions {
  readonly rows: readonly SeedRow[];
  readonly rounds: number;
  /** Number of tokens measured without the cache, where each needs an evaluation of the whole text; Infinity for all. */
  readonly uncachedTokens: number;
}

/** On a CPU, larger batches are not faster; a GPU needs them. */
const BATCH_TOKENS = { cpu: 128, gpu: 512 };
const WARM_UP_TOKENS = { cached: 8, uncached: 2 };

/**
 * Measures latency, speed and memory of one sequence, with and without the KV cache. Each row starts with a warm-up
 * that isn't counted.
 * @param onStep called before each measurement
 * @throws the signal's reason; EngineError
 */
export async function seedBench(
  model: Model,
  decoder: Pick<Decoder, 'decode'>,
  { rows, rounds, uncachedTokens }: SeedBenchOptions,
  signal: AbortSignal,
  onStep: (step: BenchmarkStep) => void,
): Promise<readonly SeedStats[]> {
  const maxTokens = Math.max(
    ...rows.map(({ promptTokens, generatedTokens }) => promptTokens + generatedTokens),
  );
  const context = await model.openContext({
    contextTokens: maxTokens + 1,
    batchTokens: model.device.kind === 'cpu' ? BATCH_TOKENS.cpu : BATCH_TOKENS.gpu,
  });
  const deps: BenchDeps = { decoder, context, signal };
  const steps = rows.length * 2 * rounds;
  let step = 0;
  try {
    const results: SeedStats[] = [];
    for (const row of rows) {
      const prompt = benchPrompt(model, row.promptTokens);
      const measure = async (cache: 'cached' | 'uncached', tokens: number): Promise<BenchRun[]> => {
        const run = cache === 'cached' ? cachedRun : uncachedRun;
        await run(deps, prompt, Math.min(WARM_UP_TOKENS[cache], tokens));
        const runs: BenchRun[] = [];
        for (let round = 0; round < rounds; round++) {
          onStep({ ...row, cache, round, step: step++, steps });
          runs.push(await run(deps, prompt, tokens));
        }
        return runs;
      };
      const cached = await measure('cached', row.generatedTokens);
      const tokens = Math.min(row.generatedTokens, uncachedTokens);
      const uncached = benchStats(await measure('uncached', tokens));
      const gain = uncached.latencyMs / benchStats(cached, tokens).latencyMs;
      results.push({ ...row, cached: benchStats(cached), uncached, gain });
    }
    return results;
  } finally {
    await context.dispose();
  }
}

/** The rows of this project's first benchmark: one sequence at a time, with and without the KV cache. */
export const SEED_ROWS: readonly SeedRow[] = [
  { promptTokens: 32, generatedTokens: 128 },
  { promptTokens: 64, generatedTokens: 256 },
  { promptTokens: 48, generatedTokens: 200 },
  { promptTokens: 128, generatedTokens: 150 },
];

/**
 * Measures a model in the four rows of {@link SEED_ROWS} and adds the facts needed to interpret them.
 * @param version of this program
 * @param onStep called before each measurement
 * @throws the signal's reason; EngineError
 */
export async function seedReport(
  engine: Engine,
  model: Model,
  version: string,
  { rounds, uncachedTokens }: Pick<BenchmarkParams, 'rounds' | 'uncachedTokens'>,
  signal: AbortSignal,
  onStep: (step: BenchmarkStep) => void,
): Promise<SeedReport> {
  const machine = await machineFacts();
  const options = { rows: SEED_ROWS, rounds, uncachedTokens };
  const rows = await seedBench(model, engine.decoder, options, signal, onStep);
  const { id, path, architecture, sizeBytes, device } = model;
  return {
    benchmark: 'seed',
    date: new Date().toISOString().slice(0, 16),
    version,
    nodeVersion: process.version,
    machine,
    model: { id, path, architecture, sizeBytes },
    device,
    threads: engine.threads,
    batch: 1,
    rounds,
    rows,
  };
}
