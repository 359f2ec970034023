import { z } from 'zod';
import type { OutputGrammar } from '../../model/model.js';
import type { GenerationOptions } from '../../serving/generationRequest.js';

const count = z.number().int().min(1);

/** Each token of an answer is compared with all of them. */
export const stopString = z.string().max(500);

/** How tokens are chosen, as OpenAI's and llama.cpp's APIs name it. */
export const samplingFields = {
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.number().int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.number().int().nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  repeat_penalty: z.number().gt(0).max(10).nullish(),
  stop: z
    .union([stopString, z.array(stopString).max(16)])
    .nullish()
    .describe('strings that end the answer; they are not part of it'),
  max_tokens: count
    .nullish()
    .describe('maximum number of tokens in the answer; default: what fits into the context'),
  truncate: z
    .boolean()
    .nullish()
    .describe('drop the oldest part of a prompt that is too long, instead of failing'),
  user: z.string().max(512).nullish().describe('identifies the client; clients take turns'),
} as const;

export const responseFormat = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object') }),
    z.object({
      type: z.literal('json_schema'),
      json_schema: z.object({ name: z.string().optional(), schema: z.record(z.string(), z.unknown()) }),
    }),
  ])
  .nullish();

type SamplingFields = z.infer<z.ZodObject<typeof samplingFields>>;

export function optionsOf(body: SamplingFields): GenerationOptions {
  const { stop, seed } = body;
  return {
    maxTokens: body.max_tokens ?? undefined,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    topK: body.top_k ?? undefined,
    minP: body.min_p ?? undefined,
    // llama.cpp's seeds are unsigned 32-bit numbers.
    seed: seed == null ? undefined : seed >>> 0,
    frequencyPenalty: body.frequency_penalty ?? undefined,
    presencePenalty: body.presence_penalty ?? undefined,
    repeatPenalty: body.repeat_penalty ?? undefined,
    stop: stop == null ? undefined : typeof stop === 'string' ? [stop] : stop,
  };
}

export function grammarOf(format: z.infer<typeof responseFormat>): OutputGrammar | undefined {
  switch (format?.type) {
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema':
      return { kind: 'schema', schema: format.json_schema.schema };
    default:
      return undefined;
  }
}
