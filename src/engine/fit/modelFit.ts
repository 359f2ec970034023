import type { ExpectedSpeed, ModelFit } from '../../protocol/modelFit.js';

/** Memory that a model could have. */
export interface FreeMemory {
  /** Bytes that this process could take, with what it has. */
  readonly ramBytes: number;
  /** Of the GPU that models run on; absent on a CPU, or while no model has run. */
  readonly videoBytes?: number;
}

export interface FitInput {
  readonly sizeBytes: number;
  /** As measured with the contexts that the engine opens; 0 = not measured. */
  readonly memoryBytes: number;
  readonly speed?: ExpectedSpeed | undefined;
}

/** Where nothing was measured: the KV caches and buffers of the engine's contexts, and its code. */
const BESIDE_WEIGHTS_BYTES = 600e6;
/** llama.cpp rearranges some weights, and they are there twice for a while. */
const WEIGHTS_FACTOR = 1.15;
/** What the display and other programs have of a GPU's memory. */
const VIDEO_SHARE = 0.9;
/** A part that is smaller brings less than the copying costs. */
const MIN_OFFLOADED_SHARE = 0.2;

/** How a model would run. `undefined` when its size isn't known. */
export function modelFit(input: FitInput, { ramBytes, videoBytes = 0 }: FreeMemory): ModelFit | undefined {
  const { sizeBytes, speed } = input;
  if (sizeBytes <= 0) return undefined;
  const memoryBytes = input.memoryBytes || Math.round(sizeBytes * WEIGHTS_FACTOR + BESIDE_WEIGHTS_BYTES);
  const facts = { memoryBytes, ...(speed === undefined ? {} : { speed }) };
  const video = videoBytes * VIDEO_SHARE;
  if (memoryBytes <= video) return { place: 'gpu', ...facts };
  if (memoryBytes > ramBytes + video) return { place: 'none', ...facts };
  return { place: video >= memoryBytes * MIN_OFFLOADED_SHARE ? 'partial' : 'cpu', ...facts };
}
