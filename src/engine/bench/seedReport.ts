import type { BenchmarkParams, BenchmarkStep, SeedReport } from '../../protocol/benchmark.js';
import type { Engine } from '../engine.js';
import { machineFacts } from '../status/machineFacts.js';
import type { Model } from '../model/model.js';
import { seedBench } from './seedBench.js';
import { SEED_ROWS } from './seedRows.js';

/**
 * Measures a model in the article's four rows, with what the figures have to be read with.
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
  const wishes = { rows: SEED_ROWS, rounds, uncachedTokens };
  const rows = await seedBench(model, engine.decoder, wishes, signal, onStep);
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
