import type { CompletionStats, CompletionSource } from '../../../protocol/completion.js';
import { decodeSpeed } from '../../decoding/decodeRun.js';
import type { Generation } from './generation.js';

/** What an answer has cost. One that was known before has cost nothing but its look-up. */
export function statsOf(
  source: CompletionSource,
  generation: Generation | undefined,
  totals: Pick<CompletionStats, 'evaluatedTotal' | 'decodingsTotal'>,
): CompletionStats {
  if (generation === undefined) return { ...NOTHING, source, ...totals };
  const { figures, model, promptKind, stop } = generation;
  return {
    model,
    source,
    prompt: promptKind,
    promptTokens: figures.promptTokens,
    cachedTokens: figures.cachedTokens,
    completionTokens: figures.completionTokens,
    firstTokenMs: figures.firstTokenMs,
    totalMs: figures.totalMs,
    tokensPerSecond: decodeSpeed(figures),
    ...totals,
    stop,
  };
}

const NOTHING = {
  model: '',
  prompt: 'infill',
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  firstTokenMs: 0,
  totalMs: 0,
  tokensPerSecond: 0,
  stop: '',
} as const;
