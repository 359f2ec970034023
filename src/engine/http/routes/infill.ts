import type { GenerationOptions, GenerationRequest } from '../../serving/generationRequest.js';
import { infillPrompt } from '../../serving/requestPrompts.js';
import { llamaAnswer, responseFields } from '../llamaAnswer.js';
import { callerOf, requestBody, type AddRoute } from './route.js';
import { samplingFields, stops } from '../schemas/sampling.js';
import { z } from 'zod';

/** `POST /infill`, as llama.cpp's server answers its editor plug-ins. */
export const addInfill: AddRoute = (app, deps) => {
  app.post('/infill', async (context) => {
    const body = await requestBody(deps, context, infill);
    const request = {
      caller: callerOf(context),
      role: 'completion',
      options: optionsFor(body),
      prompt: infillPrompt({
        prefix: body.input_prefix ?? '',
        suffix: body.input_suffix ?? '',
        prompt: body.prompt ?? '',
        extra: (body.input_extra ?? []).map(({ filename, text: content }) => ({
          filename: filename ?? undefined,
          text: content ?? '',
        })),
      }),
    } as const satisfies GenerationRequest;
    return llamaAnswer(context, deps, request, body);
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
    stop: typeof stop === 'string' ? [stop] : (stop ?? undefined),
    maxMs: t_max_predict_ms == null || t_max_predict_ms <= 0 ? undefined : t_max_predict_ms,
  };
}

const text = z.string().nullish();

/** `POST /infill`, as llama.cpp's server has it; what it knows besides is ignored. */
export const infill = z.object({
  input_prefix: text,
  input_suffix: text,
  input_extra: z
    .array(z.object({ filename: z.string().nullish(), text: z.string().nullish() }))
    .max(256)
    .nullish(),
  prompt: text.describe('text between the prefix and the gap, such as the current line'),
  n_predict: z.number().int().min(-2).nullish().describe('-1 or -2: no limit; 0: only evaluates the prompt'),
  temperature: z.number().min(0).nullish(),
  top_k: z.number().int().nullish(),
  top_p: z.number().nullish(),
  min_p: z.number().nullish(),
  seed: z.number().int().nullish(),
  stop: stops,
  stream: z.boolean().nullish(),
  t_max_predict_ms: samplingFields.t_max_predict_ms,
  response_fields: responseFields,
});

type InfillBody = z.infer<typeof infill>;
