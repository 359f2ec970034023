import type { NativeModel } from '../llamaBinding.js';
import type { Model } from '../model.js';

/** The library's: by free memory, with what a context of that size needs left free. */
export type OffloadLayers =
  | number
  | { readonly min: number; readonly max?: number; readonly fitContext: { readonly contextSize: number } };

/** The largest context that is opened by default. */
const FIT = { contextSize: 8192 } as const;
/** Most layers on the GPU, one try after the other; a small model has some 24, one of 7 billion weights 28. */
const FEWER = [undefined, 16, 6];

interface Loading {
  readonly load: (layers: OffloadLayers) => Promise<NativeModel>;
  /** Whether it failed because memory was short. */
  readonly isMemory: (error: unknown) => boolean;
}

/**
 * Loads a model with as many layers on the GPU as its free memory holds, and with fewer where that was too many:
 * drivers say more than they give, and other programs take some meanwhile.
 * @param hasGpu whether there is one that layers can go to
 */
export async function loadReduced(
  hasGpu: boolean,
  { load, isMemory }: Loading,
): Promise<{ readonly model: NativeModel; readonly isReduced: boolean }> {
  if (!hasGpu) return { model: await load(0), isReduced: false };
  let first: unknown;
  for (const max of FEWER) {
    try {
      const wanted = { min: 0, ...(max === undefined ? {} : { max }), fitContext: FIT };
      const model = await load(wanted);
      return { model, isReduced: max !== undefined || model.gpuLayers < model.fileInsights.totalLayers };
    } catch (error) {
      if (!isMemory(error)) throw error;
      first ??= error;
    }
  }
  throw first;
}

/** What makes a driver fail often does so only at the first evaluation. */
export async function evaluateOnce(model: Pick<Model, 'openContext'>): Promise<void> {
  const context = await model.openContext({ contextTokens: 64, batchTokens: 32 });
  try {
    await context.prefill([1]);
  } finally {
    await context.dispose();
  }
}
