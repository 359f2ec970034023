import { z } from 'zod';

/** What the server answers, for its description; a test compares the two. */
const usage = z.looseObject({
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  total_tokens: z.number().int(),
});
const finish = z.enum(['stop', 'length', 'tool_calls']);
const head = { id: z.string(), object: z.string(), created: z.number().int(), model: z.string() };

export const answerSchema = z.looseObject({
  response: z.string(),
  model: z.string(),
  finish_reason: z.enum(['stop', 'length']),
  usage,
});

export const chatCompletionSchema = z.looseObject({
  ...head,
  choices: z.array(
    z.looseObject({
      index: z.number().int(),
      message: z.looseObject({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        reasoning_content: z.string().optional(),
      }),
      finish_reason: finish,
    }),
  ),
  usage,
});

export const textCompletionSchema = z.looseObject({
  ...head,
  choices: z.array(z.looseObject({ index: z.number().int(), text: z.string(), finish_reason: finish })),
  usage,
});

/** With `response_fields` an answer has only those. */
export const llamaAnswerSchema = z
  .looseObject({
    content: z.string(),
    stop: z.boolean(),
    model: z.string(),
    tokens_predicted: z.number().int(),
    tokens_evaluated: z.number().int(),
    tokens_cached: z.number().int(),
    truncated: z.boolean(),
    timings: z.looseObject({}),
  })
  .partial();

export const modelSchema = z.looseObject({
  id: z.string(),
  object: z.literal('model'),
  created: z.number().int(),
  owned_by: z.string(),
});
export const modelListSchema = z.looseObject({ object: z.literal('list'), data: z.array(modelSchema) });

export const healthSchema = z.looseObject({
  status: z.enum(['ok', 'loading', 'no_model', 'failed', 'stuck']),
  message: z.string().optional(),
  version: z.string(),
  models: z.array(
    z.looseObject({
      id: z.string(),
      roles: z.array(z.string()),
      context_tokens: z.number().int(),
      device: z.string(),
    }),
  ),
  queue: z.object({ running: z.number().int(), waiting: z.number().int() }),
});

export const errorSchema = z.object({
  error: z.looseObject({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string(),
  }),
});
