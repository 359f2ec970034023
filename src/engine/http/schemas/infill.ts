import { z } from 'zod';

const text = z.string().nullish();

/** `POST /infill`, as llama.cpp's server has it; what it knows besides is ignored. */
export const infill = z.object({
  input_prefix: text,
  input_suffix: text,
  input_extra: z
    .array(z.object({ filename: z.string().optional(), text: z.string() }))
    .max(256)
    .nullish(),
  prompt: text.describe('text between the prefix and the gap, such as the line that is being written'),
  n_predict: z.number().int().min(-1).nullish().describe('-1: no limit; 0: only evaluates the prompt'),
  temperature: z.number().min(0).nullish(),
  top_k: z.number().int().nullish(),
  top_p: z.number().nullish(),
  min_p: z.number().nullish(),
  seed: z.number().int().nullish(),
  stop: z.array(z.string()).nullish(),
  stream: z.boolean().nullish(),
  t_max_predict_ms: z.number().nullish().describe('milliseconds for writing'),
});

export type InfillBody = z.infer<typeof infill>;
