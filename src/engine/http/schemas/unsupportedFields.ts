import { z } from 'zod';

/**
 * Fields that would change the answer if they were supported. Each is accepted with a value that changes nothing and
 * refused by name otherwise. Unknown fields, and those that are only hints (`store`, `metadata`, `prediction`,
 * `service_tier`, `reasoning_effort` …), are ignored.
 */
function unsupported(advice: string, changesNothing: (value: unknown) => boolean = isEmpty): z.ZodType {
  return z
    .unknown()
    .refine((value) => value == null || changesNothing(value), { error: `is not supported: ${advice}` })
    .nullish()
    .describe(`not supported: ${advice}`);
}

const isEmpty = (value: unknown): boolean =>
  value === '' || value === false || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);

const LEAVE_OUT = 'leave it out';
const FORMAT = 'send "response_format" with a JSON schema, or a "grammar"';

/** Of both APIs. */
export const unsupportedFields = {
  logit_bias: unsupported(LEAVE_OUT),
  guided_json: unsupported(FORMAT),
  guided_regex: unsupported(FORMAT),
  guided_choice: unsupported(FORMAT),
  guided_grammar: unsupported(FORMAT),
  structured_outputs: unsupported(FORMAT),
} as const;

/** Of llama.cpp's own API. */
export const unsupportedLlamaFields = {
  logit_bias: unsupported(LEAVE_OUT),
  n_probs: unsupported('send "logprobs" to /v1/completions', (value) => value === 0),
  image_data: unsupported('the models here only read text'),
} as const;

export const unsupportedChatFields = {
  ...unsupportedFields,
  functions: unsupported('send "tools", which took its place'),
  function_call: unsupported(
    'send "tool_choice", which took its place',
    (value) => value === 'none' || value === 'auto',
  ),
  audio: unsupported('the answer is text'),
  modalities: unsupported(
    'the answer is text',
    (value) => Array.isArray(value) && value.every((each) => each === 'text'),
  ),
  web_search_options: unsupported('this server searches nothing', () => false),
} as const;
