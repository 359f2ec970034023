import type {
  GenerationOptions,
  GenerationResult,
  GenerationRequest,
} from '../../serving/generationRequest.js';
import { infillPrompt } from '../../serving/requestPrompts.js';
import { callerOf, requestBody, generateFor, type AddRoute } from './route.js';
import { eventStream } from '../eventStream.js';
import { timingsOf } from '../openAiFields.js';
import { toApiError } from '../apiError.js';
import { samplingFields, stopString } from '../schemas/sampling.js';
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
    if (body.stream !== true) {
      const result = await generateFor(deps, request, context.req.raw.signal);
      return context.json(selected({ ...about(result, body), content: result.text, stop: true }, body));
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
    stop: typeof stop === 'string' ? [stop] : (stop ?? undefined),
    maxMs: t_max_predict_ms == null || t_max_predict_ms <= 0 ? undefined : t_max_predict_ms,
  };
}

/** The fields that plug-ins read. */
function about(result: GenerationResult, body: InfillBody): Fields {
  const { promptTokens, completionTokens, contextTokens } = result;
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
    timings: timingsOf(result),
  };
}

/**
 * The fields that a plug-in asks for, as llama.cpp's server gives them: a path as `timings/prompt_n` is the name of the
 * field in the answer too. llama.vim reads its figures so.
 */
function selected(answer: Fields, { response_fields: paths }: InfillBody): Fields {
  if (paths == null || paths.length === 0) return answer;
  const found = paths.map((path) => [path, valueAt(answer, path.split('/'))] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

type Fields = Readonly<Record<string, unknown>>;

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  const isField = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isField ? valueAt((value as Fields)[key], rest) : undefined;
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
  stop: z
    .union([stopString, z.array(stopString).max(64)], { error: 'is a string or a list of strings' })
    .nullish(),
  stream: z.boolean().nullish(),
  t_max_predict_ms: samplingFields.t_max_predict_ms,
  response_fields: z
    .array(z.string())
    .nullish()
    .describe('the fields of the answer, such as "content" or "timings/prompt_n"; without "stream"'),
});

export type InfillBody = z.infer<typeof infill>;
