import {
  startLlama,
  type LlamaContext,
  type LlamaContextSequence,
  type NativeModel,
  type NativeToken,
} from '../../src/engine/model/llamaBinding.js';
import { GREEDY, type Sampling } from '../../src/engine/model/model.js';
import type { ThreadCounts } from '../../src/engine/model/threads/threadCounts.js';

/** node-llama-cpp alone: the baseline for the product. */
export interface RawModel {
  readonly native: NativeModel;
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  /** Evaluates a prompt and generates tokens, greedily by default; prefill and decode have separate thread counts. */
  evaluate(prompt: NativeToken[], sampling?: Sampling): AsyncGenerator<NativeToken, void>;
  dispose(): Promise<void>;
}

export interface RawModelOptions {
  readonly contextTokens: number;
  readonly batchTokens: number;
  readonly threads: ThreadCounts;
}

export async function openRawModel(
  path: string,
  { contextTokens, batchTokens, threads }: RawModelOptions,
): Promise<RawModel> {
  const { llama } = await startLlama('off', threads.prefill, () => undefined);
  const native = await llama.loadModel({ modelPath: path, gpuLayers: 0, defaultContextFlashAttention: true });
  const context = await native.createContext({
    contextSize: contextTokens,
    batchSize: batchTokens,
    flashAttention: true,
    threads: { ideal: threads.prefill, min: 1 },
  });
  const sequence = context.getSequence();
  return {
    native,
    context,
    sequence,
    async *evaluate(prompt, { repeatPenalty = 1, ...sampling } = GREEDY) {
      llama.maxThreads = threads.prefill;
      const recent: NativeToken[] = [];
      const tokens = sequence.evaluate(prompt, {
        ...sampling,
        ...(repeatPenalty === 1
          ? {}
          : { repeatPenalty: { penalty: repeatPenalty, punishTokens: () => recent.slice(-64) } }),
      });
      try {
        for (;;) {
          const { value, done } = await tokens.next();
          llama.maxThreads = threads.decode;
          if (done === true) return;
          recent.push(value);
          yield value;
        }
      } finally {
        await tokens.return();
      }
    },
    async dispose() {
      await context.dispose();
      await native.dispose();
    },
  };
}
