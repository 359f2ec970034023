import { z } from 'zod';
import { responseFormat, samplingFields } from './sampling.js';

/** `POST /v1/completions` */
export const textCompletion = z.object({
  ...samplingFields,
  model: z.string().nullish(),
  prompt: z.union([z.string(), z.array(z.string()).length(1, 'one prompt at a time')]),
  suffix: z.string().nullish().describe('text after the gap; the model has to have infill tokens'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, { error: 'only 1 answer at a time' }).nullish(),
  best_of: z.literal(1, { error: 'only 1 answer at a time' }).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.number().int().min(0).max(20).nullish(),
  response_format: responseFormat,
});

export type TextCompletionBody = z.infer<typeof textCompletion>;
