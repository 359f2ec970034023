import type { SeedRow } from '../../protocol/benchmark.js';

/** The measurement that this project began with: one sequence at a time, with the KV cache and without it. */
export const SEED_ROWS: readonly SeedRow[] = [
  { promptTokens: 32, generatedTokens: 128 },
  { promptTokens: 64, generatedTokens: 256 },
  { promptTokens: 48, generatedTokens: 200 },
  { promptTokens: 128, generatedTokens: 150 },
];
