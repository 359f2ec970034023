import type {
  BenchmarkStep,
  SeedFigures,
  SeedRow,
  BenchmarkParams,
  SeedReport,
} from '../../protocol/benchmark.js';
import type { Decoder } from '../decoding/decoder.js';
import type { Model } from '../model/model.js';
import {
  benchFigures,
  benchPrompt,
  cachedRun,
  uncachedRun,
  type BenchDeps,
  type BenchRun,
} from './benchRun.js';
import type { Engine } from '../engine.js';
import { machineFacts } from '../status/report.js';

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
  const deps: BenchDeps = { decoder, context, signal };
  const steps = rows.length * 2 * rounds;
  let step = 0;
  try {
    const figures: SeedFigures[] = [];
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
      const uncached = benchFigures(await measure('uncached', tokens));
      const gain = uncached.latencyMs / benchFigures(cached, tokens).latencyMs;
      figures.push({ ...row, cached: benchFigures(cached), uncached, gain });
    }
    return figures;
  } finally {
    await context.dispose();
  }
}

/** The measurement that this project began with: one sequence at a time, with the KV cache and without it. */
export const SEED_ROWS: readonly SeedRow[] = [
  { promptTokens: 32, generatedTokens: 128 },
  { promptTokens: 64, generatedTokens: 256 },
  { promptTokens: 48, generatedTokens: 200 },
  { promptTokens: 128, generatedTokens: 150 },
];

/**
 * Measures a model in the article's four rows, with what is needed to interpret them.
 * @param version of this program
 * @param onStep told what is measured next
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
