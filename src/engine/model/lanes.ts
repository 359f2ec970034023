import type { WorkKind } from '../../protocol/status.js';
import type { ContextOptions, Model } from './model.js';

/** A model's contexts: one for each kind of work. */
export type LaneKind = Exclude<WorkKind, 'warm-up'>;

/** Tokens of a context where the settings leave it open. The KV cache and its buffers are paid for at once. */
const CONTEXT_TOKENS: Readonly<Record<LaneKind, number>> = { completion: 2560, fix: 4096, chat: 8192 };
/** Files, or places in them, whose cache is found again: a completion's prompts are short and change to and fro. */
const SEQUENCES: Readonly<Record<LaneKind, number>> = { completion: 3, fix: 1, chat: 1 };
/** As fast as 512 on a CPU with half the compute buffer; a GPU wants more at once. */
const BATCH_TOKENS = { cpu: 128, gpu: 512 };

/** Warming up is done in the completion's own cache. */
export function laneOf(work: WorkKind): LaneKind {
  return work === 'warm-up' ? 'completion' : work;
}

/** @param contextSize tokens; 0 leaves them open */
export function laneOptions(
  model: Pick<Model, 'device' | 'trainedContextTokens'>,
  kind: LaneKind,
  contextSize: number,
): ContextOptions {
  return {
    contextTokens: Math.min(contextSize || CONTEXT_TOKENS[kind], model.trainedContextTokens),
    batchTokens: model.device.kind === 'cpu' ? BATCH_TOKENS.cpu : BATCH_TOKENS.gpu,
    sequences: SEQUENCES[kind],
  };
}
