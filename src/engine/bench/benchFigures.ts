import type { BenchFigures } from '../../protocol/benchmark.js';
import type { BenchRun } from './forcedRun.js';

/**
 * Averages over some runs of the same prompt.
 * @param tokens how many of each run's first tokens are looked at; all by default
 */
export function benchFigures(runs: readonly BenchRun[], tokens?: number): BenchFigures {
  const count = tokens ?? runs[0]?.tokenMs.length ?? 0;
  const latencyMs = mean(runs.map(({ tokenMs }) => tokenMs[count - 1] ?? 0));
  const firstTokenMs = mean(runs.map(({ tokenMs }) => tokenMs[0] ?? 0));
  const restMs = latencyMs - firstTokenMs;
  return {
    rounds: runs.length,
    tokens: count,
    latencyMs,
    firstTokenMs,
    tokensPerSecond: latencyMs > 0 ? (count * 1000) / latencyMs : 0,
    decodeTokensPerSecond: restMs > 0 ? ((count - 1) * 1000) / restMs : 0,
    peakBytes: Math.max(0, ...runs.map(({ peakBytes }) => peakBytes)),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
