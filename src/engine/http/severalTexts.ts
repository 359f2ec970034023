import type { GenerationChunk, GenerationRequest, GenerationResult } from '../serving/generationRequest.js';
import { ApiError, toApiError } from './apiError.js';
import { timingsOf, usageOf } from './openAiFields.js';
import { admitted, countedText, type RouteDeps } from './routes/route.js';
import { z } from 'zod';

/** Texts of one request: its prompts, times the answers to each. */
export const MAX_TEXTS = 64;

/** How many answers to each prompt; `null` and nothing are one. */
export const answerCount = z
  .number()
  .int()
  .min(1, 'is 1 or more')
  .max(MAX_TEXTS, `is ${MAX_TEXTS} at most`)
  .nullish();

export interface SeveralTextsEvents {
  readonly onPiece: (piece: GenerationChunk, index: number) => void;
  readonly onEnd?: (result: GenerationResult, index: number) => void;
}

/**
 * Generates all texts of one HTTP request. It takes one place among the requests that wait; its texts take turns for
 * slots with those of other callers. When one fails, the others end.
 * @throws as {@link admitted}; what failed, with the prompt's index where there are several
 */
export function generateAll(
  deps: RouteDeps,
  requests: readonly [GenerationRequest, ...GenerationRequest[]],
  signal: AbortSignal,
  { onPiece, onEnd }: SeveralTextsEvents,
): Promise<readonly GenerationResult[]> {
  return admitted(deps, requests[0], signal, async (limited, onStart) => {
    const ending = new AbortController();
    const all = AbortSignal.any([limited, ending.signal]);
    const runs = requests.map(async (request, index) => {
      const events = { onStart, onPiece: (piece: GenerationChunk) => onPiece(piece, index) };
      try {
        const result = await countedText(deps, request, all, events);
        if (!all.aborted) onEnd?.(result, index);
        return result;
      } catch (error) {
        ending.abort(error);
        throw error;
      }
    });
    await Promise.allSettled(runs);
    if (ending.signal.aborted) throw ending.signal.reason;
    return Promise.all(runs);
  });
}

/** `count` requests of each, which differ in their seeds, so that a seed doesn't make their answers the same. */
export function copiesOf(request: GenerationRequest, count: number): readonly GenerationRequest[] {
  const { seed } = request.options;
  return Array.from({ length: count }, (_, copy) => ({
    ...request,
    options: { ...request.options, seed: seed === undefined ? undefined : (seed + copy) >>> 0 },
  }));
}

/** The index of a prompt in what is said of it, where a request has several. */
export function errorOfPrompt(error: unknown, index: number): unknown {
  const known = toApiError(error);
  if (known.status !== 400) return error;
  const { status, type, code, message } = known;
  return new ApiError(status, type, code, `"prompt.${index}": ${message}`, { param: `prompt.${index}` });
}

/**
 * The usage, where a prompt with several answers counts once; and llama.cpp's timings if there is one text, as they
 * mean nothing for several at once.
 */
export function costsOf(results: readonly GenerationResult[], answersPerPrompt: number): object {
  const prompts = results.filter((_, index) => index % answersPerPrompt === 0);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  const usage = usageOf({
    promptTokens: sum(prompts.map(({ promptTokens }) => promptTokens)),
    cachedTokens: sum(prompts.map(({ cachedTokens }) => cachedTokens)),
    completionTokens: sum(results.map(({ completionTokens }) => completionTokens)),
  });
  const [only, ...others] = results;
  return only === undefined || others.length > 0 ? { usage } : { usage, timings: timingsOf(only) };
}
