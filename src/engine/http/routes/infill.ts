import type {
  GenerationOptions,
  GenerationResult,
  GenerationRequest,
} from '../../serving/generationRequest.js';
import { infillPrompt } from '../../serving/requestPrompts.js';
import { callerOf, requestBody, generateFor, type AddRoute } from './route.js';
import { eventStream } from '../eventStream.js';
import { stopString } from '../schemas/sampling.js';
import { toApiError } from '../apiError.js';
import { z } from 'zod';

/** `POST /infill`, as llama.cpp's server answers its editor plug-ins. */
export const addInfill: AddRoute = (app, deps) => {
  app.post('/infill', async (context) => {
    const body = await requestBody(context, infill);
    const request = {
      caller: callerOf(context),
      role: 'completion',
      options: optionsFor(body),
      prompt: infillPrompt({
        prefix: body.input_prefix ?? '',
        suffix: body.input_suffix ?? '',
        prompt: body.prompt ?? '',
        extra: body.input_extra ?? [],
      }),
    } as const satisfies GenerationRequest;
    if (body.stream !== true) {
      const result = await generateFor(deps, request, context.req.raw.signal);
      return context.json({ ...about(result, body), content: result.text, stop: true });
    }
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const result = await generateFor(deps, request, signal, (piece) => {
          if (piece.kind === 'text') sink.send({ index: 0, content: piece.text, stop: false });
        });
        sink.send({ ...about(result, body), content: '', stop: true });
      },
      (error) => toApiError(error).body,
    );
  });
};

function optionsFor(body: InfillBody): GenerationOptions {
  const {
    n_predict: most,
    temperature,
    top_k: topK,
    top_p: topP,
    min_p: minP,
    seed,
    stop,
    t_max_predict_ms,
  } = body;
  return {
    maxTokens: most == null || most < 0 ? undefined : most,
    // llama.cpp's own defaults are for prose; a gap in code has one right text.
    temperature: temperature ?? 0,
    topK: topK == null || topK <= 0 ? undefined : topK,
    topP: topP == null || topP <= 0 ? undefined : Math.min(1, topP),
    minP: minP ?? undefined,
    seed: seed == null || seed < 0 ? undefined : seed >>> 0,
    repeatPenalty: 1,
    stop: stop ?? undefined,
    maxMs: t_max_predict_ms == null || t_max_predict_ms <= 0 ? undefined : t_max_predict_ms,
  };
}

/** The fields that plug-ins read. */
function about(result: GenerationResult, body: InfillBody): object {
  const { promptTokens, cachedTokens, completionTokens, firstTokenMs, totalMs, contextTokens } = result;
  const evaluated = promptTokens - cachedTokens;
  const predictMs = totalMs - firstTokenMs;
  const perSecond = (tokens: number, ms: number): number => (ms > 0 ? (1000 * tokens) / ms : 0);
  return {
    index: 0,
    id_slot: 0,
    model: result.model,
    tokens_predicted: completionTokens,
    tokens_evaluated: promptTokens,
    tokens_cached: promptTokens + completionTokens,
    truncated: result.isTruncated,
    has_new_line: result.text.includes('\n'),
    stop_type: result.stopSequence !== undefined ? 'word' : result.finish === 'length' ? 'limit' : 'eos',
    stopping_word: result.stopSequence ?? '',
    generation_settings: { n_ctx: contextTokens, n_predict: body.n_predict ?? -1 },
    timings: {
      cache_n: cachedTokens,
      prompt_n: evaluated,
      prompt_ms: firstTokenMs,
      prompt_per_token_ms: evaluated > 0 ? firstTokenMs / evaluated : 0,
      prompt_per_second: perSecond(evaluated, firstTokenMs),
      predicted_n: completionTokens,
      predicted_ms: predictMs,
      predicted_per_token_ms: completionTokens > 0 ? predictMs / completionTokens : 0,
      predicted_per_second: perSecond(completionTokens, predictMs),
    },
  };
}

const text = z.string().nullish();

/** `POST /infill`, as llama.cpp's server has it; what it knows besides is ignored. */
export const infill = z.object({
  input_prefix: text,
  input_suffix: text,
  input_extra: z
    .array(z.object({ filename: z.string().optional(), text: z.string() }))
    .max(256)
    .nullish(),
  prompt: text.describe('text between the prefix and the gap, such as the current line'),
  n_predict: z.number().int().min(-1).nullish().describe('-1: no limit; 0: only evaluates the prompt'),
  temperature: z.number().min(0).nullish(),
  top_k: z.number().int().nullish(),
  top_p: z.number().nullish(),
  min_p: z.number().nullish(),
  seed: z.number().int().nullish(),
  stop: z.array(stopString).max(64).nullish(),
  stream: z.boolean().nullish(),
  t_max_predict_ms: z.number().nullish().describe('maximum time for generation, in milliseconds'),
});

export type InfillBody = z.infer<typeof infill>;
