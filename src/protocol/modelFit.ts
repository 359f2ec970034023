import { RequestType0 } from 'vscode-jsonrpc';
import type { EngineErrorData } from './errors.js';

/** How a model would run on this machine, as far as its file's size and header tell before it is loaded. */
export interface ModelFit {
  /** Where its layers would lie: all on the GPU, some of them, none, or `none` when there isn't memory enough. */
  readonly place: 'gpu' | 'partial' | 'cpu' | 'none';
  /** Weights, KV cache and buffers, bytes. */
  readonly memoryBytes: number;
  /** Absent while this machine's speed isn't known. */
  readonly speed?: ExpectedSpeed;
}

/** Tokens per second. */
export interface ExpectedSpeed {
  readonly prefill: number;
  readonly decode: number;
  /** Of this very model on this machine, or estimated from another one's or from the probe. */
  readonly isMeasured: boolean;
}

/**
 * Measures this machine for about two seconds with a small model made of random numbers, unless its speed is known
 * already. From then on the list of models tells what to expect of each.
 */
export const SpeedProbeRequest = new RequestType0<null, EngineErrorData>('youtu/model/probe');
