import type { BenchRun } from './forcedRun.js';

/** Averages over some runs of the same prompt. */
export interface BenchFigures {
  readonly rounds: number;
  /** Tokens that were written, and measured, in each. */
  readonly tokens: number;
  /** From the start to the last of them. */
  readonly latencyMs: number;
  readonly firstTokenMs: number;
  /** Tokens by the whole latency, the reading of the prompt included. */
  readonly tokensPerSecond: number;
  /** Tokens after the first by the time after it; 0 of a single one. */
  readonly decodeTokensPerSecond: number;
  /** The most memory of all runs. */
  readonly peakBytes: number;
}

/** @param tokens how many of each run's first tokens are looked at; all by default */
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
