import { z } from 'zod';
import type { GenerationOptions } from '../../serving/generationRequest.js';

// `null` means the same as nothing: clients in Go, Java and C# send it for every field that isn't set.
const limit = z.number().int().min(-1, 'is -1 (no limit), 0 or more').nullish();
const llamaLimit = z.number().int().min(-2, 'is -1 (no limit), -2 (what fits), 0 or more').nullish();

/** Each token of an answer is compared with all of them. Editors name every token and keyword that may end a gap. */
const MAX_STOPS = 64;
const MAX_STOP_LENGTH = 500;
const stopString = z.string().max(MAX_STOP_LENGTH);
export const stops = z
  .union([stopString, z.array(stopString).max(MAX_STOPS)], {
    error: `is a string or a list of at most ${MAX_STOPS} strings, of at most ${MAX_STOP_LENGTH} characters each`,
  })
  .nullish();

const userName = z.string().max(512);

/** How tokens are chosen, as OpenAI's and llama.cpp's APIs name it. */
export const samplingFields = {
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish().describe('0: only the likeliest token'),
  top_k: z.number().int().min(-1).nullish().describe('0 or -1: no limit'),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.number().int().nullish().describe('-1: another one each time'),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  repeat_penalty: z.number().gt(0).max(10).nullish(),
  stop: stops.describe('strings that end the answer; they are not part of it'),
  max_tokens: limit.describe(
    'maximum number of tokens in the answer; -1 or nothing: what fits into the context; 0: only evaluates the prompt',
  ),
  n_predict: llamaLimit.describe('as "max_tokens"; llama.cpp’s name'),
  t_max_predict_ms: z.number().nullish().describe('maximum time for generation, in milliseconds'),
  truncate: z
    .boolean()
    .nullish()
    .describe('drop the oldest part of a prompt that is too long, instead of failing'),
  user: z
    .union([userName, z.looseObject({ id: userName.nullish() })], {
      error: 'is a string of at most 512 characters, or an object with such an "id"',
    })
    .nullish()
    .describe('identifies the client; clients take turns. Open WebUI sends an object'),
} as const;

type SamplingFields = z.infer<z.ZodObject<typeof samplingFields>>;

export function optionsOf(body: SamplingFields): GenerationOptions {
  const { stop, seed, top_p: topP, top_k: topK, t_max_predict_ms: maxMs } = body;
  const maxTokens = body.n_predict ?? body.max_tokens;
  return {
    maxTokens: maxTokens == null || maxTokens < 0 ? undefined : maxTokens,
    temperature: body.temperature ?? undefined,
    topP: topP == null || topP === 0 ? undefined : topP,
    topK: topP === 0 ? 1 : topK == null ? undefined : Math.max(0, topK),
    minP: body.min_p ?? undefined,
    // llama.cpp's seeds are unsigned 32-bit numbers.
    seed: seed == null || seed === -1 ? undefined : seed >>> 0,
    frequencyPenalty: body.frequency_penalty ?? undefined,
    presencePenalty: body.presence_penalty ?? undefined,
    repeatPenalty: body.repeat_penalty ?? undefined,
    stop: stop == null ? undefined : typeof stop === 'string' ? [stop] : stop,
    maxMs: maxMs == null || maxMs <= 0 ? undefined : maxMs,
  };
}
