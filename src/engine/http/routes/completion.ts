import { z } from 'zod';
import type { GenerationRequest } from '../../serving/generationRequest.js';
import { continuationPrompt } from '../../serving/requestPrompts.js';
import { llamaAnswer, responseFields } from '../llamaAnswer.js';
import { formatFields, grammarOf } from '../schemas/answerFormat.js';
import { optionsOf, samplingFields } from '../schemas/sampling.js';
import { unsupportedLlamaFields } from '../schemas/unsupportedFields.js';
import { callerOf, requestBody, type AddRoute } from './route.js';

/** `POST /completion`, as llama.cpp's server has it: text that continues a prompt. */
export const addLlamaCompletion: AddRoute = (app, deps) => {
  app.post('/completion', async (context) => {
    const body = await requestBody(deps, context, llamaCompletion);
    const grammar = grammarOf(body);
    const request: GenerationRequest = {
      caller: callerOf(context, body.user),
      role: 'chat',
      options: { ...optionsOf(body), grammar },
      prompt: continuationPrompt({
        prompt: body.prompt,
        truncate: body.truncate ?? false,
        // A grammar's text begins with a token of its own.
        isHealed: grammar === undefined,
      }),
    };
    return llamaAnswer(context, deps, request, body);
  });
};

const { grammar, json_schema } = formatFields;

/** What llama.cpp knows besides, such as other samplers and `cache_prompt`, is ignored. */
export const llamaCompletion = z.object({
  ...samplingFields,
  ...unsupportedLlamaFields,
  grammar,
  json_schema,
  prompt: z
    .union([z.string(), z.array(z.number().int().min(0)).min(1)], {
      error: 'is a text or a list of tokens. /v1/completions takes several prompts',
    })
    .describe('text, or tokens of the model’s own vocabulary'),
  stream: z.boolean().nullish(),
  response_fields: responseFields,
});
