import { ProgressType, RequestType } from 'vscode-jsonrpc';
import type { EngineErrorData } from './errors.js';
import type { DeviceInfo, EngineReport } from './status.js';

/** One prompt and one answer, by their lengths in tokens. */
export interface SeedRow {
  readonly promptTokens: number;
  readonly generatedTokens: number;
}

/** Averages over some runs of the same prompt. */
export interface BenchStats {
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

export interface SeedStats extends SeedRow {
  readonly cached: BenchStats;
  /** Of the first tokens only, where fewer were asked for. */
  readonly uncached: BenchStats;
  /** Latency without the cache by that with it, over the same tokens. */
  readonly gain: number;
}

/** The machine, as far as it matters to a model. */
export interface MachineFacts {
  readonly platform: string;
  readonly release: string;
  readonly cpu: string;
  readonly cores: number;
  /** Instructions that llama.cpp has code for, as the system names them; absent where it doesn't tell. */
  readonly cpuFeatures?: readonly string[];
  /** Of the machine, or of the container. */
  readonly memoryBytes: number;
  readonly availableMemoryBytes: number;
  /** Mean number of processes that wanted a core during the last minute; 0 on Windows. */
  readonly load: number;
}

/** A measurement with what is needed to interpret it. */
export interface SeedReport {
  readonly benchmark: 'seed';
  /** UTC, ISO 8601, to the minute. */
  readonly date: string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly machine: MachineFacts;
  readonly model: {
    readonly id: string;
    readonly path: string;
    readonly architecture: string;
    readonly sizeBytes: number;
  };
  readonly device: DeviceInfo;
  readonly threads: EngineReport['threads'];
  readonly batch: 1;
  readonly rounds: number;
  readonly rows: readonly SeedStats[];
}

/** What is measured next. */
export interface BenchmarkStep extends SeedRow {
  readonly cache: 'cached' | 'uncached';
  /** From 0. */
  readonly round: number;
  /** Of all measurements, from 0. */
  readonly step: number;
  readonly steps: number;
}

export interface BenchmarkParams {
  readonly rounds: number;
  /** Tokens that are measured without the cache, where each takes as long as its whole text. */
  readonly uncachedTokens: number;
  readonly progressToken?: string;
}

/** Measures latency, speed and memory of the chat's model, with the KV cache and without it. */
export const BenchmarkRequest = new RequestType<BenchmarkParams, SeedReport, EngineErrorData>(
  'youtu/benchmark',
);

/** Sent under {@link BenchmarkParams.progressToken}. */
export const BenchmarkProgress = new ProgressType<BenchmarkStep>();
