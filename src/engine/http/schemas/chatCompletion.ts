import { z } from 'zod';
import { responseFormat, samplingFields } from './sampling.js';

const part = z.object({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(part)]).nullish();

export const toolCall = z.object({
  id: z.string().optional(),
  type: z.literal('function').optional(),
  function: z.object({ name: z.string(), arguments: z.string().optional() }),
});

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content,
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().nullish(),
});

export const tool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, "_", "-" and ".", 64 at most'),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** `POST /v1/chat/completions` */
export const chatCompletion = z.object({
  ...samplingFields,
  model: z.string().nullish().describe('any; the loaded model answers and is named in the answer'),
  messages: z.array(message).min(1, 'at least one message').max(2000),
  max_completion_tokens: samplingFields.max_tokens,
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, { error: 'only 1 answer at a time' }).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  response_format: responseFormat,
  tools: z.array(tool).max(128).nullish(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  thinking: z.enum(['auto', 'on', 'off']).nullish().describe('whether a model that can think does so'),
});

export type ChatCompletionBody = z.infer<typeof chatCompletion>;
export type ApiMessage = ChatCompletionBody['messages'][number];
