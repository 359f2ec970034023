/** Answers of llama.cpp's own API, which its plug-ins and many scripts read. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { GenerationRequest, GenerationResult } from '../serving/generationRequest.js';
import { toApiError } from './apiError.js';
import { eventStream } from './eventStream.js';
import { timingsOf } from './openAiFields.js';
import { generateFor, type RouteDeps } from './routes/route.js';

export const responseFields = z
  .array(z.string())
  .nullish()
  .describe('the fields of the answer, such as "content" or "timings/prompt_n"; without "stream"');

/** What a request says of its answer. */
interface LlamaBody {
  readonly stream?: boolean | null | undefined;
  readonly n_predict?: number | null | undefined;
  readonly response_fields?: readonly string[] | null | undefined;
}

/** The whole answer, or events with its parts and the figures in the last one. */
export async function llamaAnswer(
  context: Context,
  deps: RouteDeps,
  request: GenerationRequest,
  body: LlamaBody,
): Promise<Response> {
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
}

/** The fields that plug-ins read. */
function about(result: GenerationResult, body: LlamaBody): Fields {
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
function selected(answer: Fields, { response_fields: paths }: LlamaBody): Fields {
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
