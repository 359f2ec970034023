import { randomUUID } from 'node:crypto';
import type { Caller } from '../../decoding/fairQueue.js';
import type { GenerationChunk, GenerationRequest } from '../../serving/generationRequest.js';
import { continuationPrompt, infillPrompt } from '../../serving/requestPrompts.js';
import { callerOf, requestBody, generateFor, modelName, type AddRoute } from './route.js';
import { eventStream } from '../eventStream.js';
import { textLogprobs, usageOf } from '../openAiFields.js';
import { grammarOf, optionsOf, responseFormat, samplingFields } from '../schemas/sampling.js';
import { toApiError } from '../apiError.js';
import { z } from 'zod';

/** OpenAI's own default: this API was made for short texts. */
const DEFAULT_TOKENS = 16;

/** `POST /v1/completions`, as OpenAI's older API; with `suffix` a gap is filled. */
export const addCompletions: AddRoute = (app, deps) => {
  app.post('/v1/completions', async (context) => {
    const body = await requestBody(context, textCompletion);
    const prompt = typeof body.prompt === 'string' ? body.prompt : (body.prompt[0] ?? '');
    const request = requestFor(body, prompt, callerOf(context, body.user));
    const echoed = body.echo === true ? prompt : '';
    const head = {
      id: `cmpl-${randomUUID()}`,
      object: 'text_completion',
      created: Math.floor(Date.now() / 1000),
    };
    if (body.stream !== true) {
      const pieces: GenerationChunk[] = [];
      const result = await generateFor(
        deps,
        request,
        context.req.raw.signal,
        (piece) => void pieces.push(piece),
      );
      const logprobs = body.logprobs == null ? null : textLogprobs(pieces, echoed.length);
      const choice = { index: 0, text: echoed + result.text, logprobs, finish_reason: result.finish };
      return context.json({ ...head, model: result.model, choices: [choice], usage: usageOf(result) });
    }
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const send = (text: string, extra: object = {}): void =>
          sink.send({
            ...head,
            model: modelName(deps, request.role),
            choices: [{ index: 0, text, logprobs: null, finish_reason: null, ...extra }],
          });
        if (echoed !== '') send(echoed);
        let offset = echoed.length;
        const result = await generateFor(deps, request, signal, (piece) => {
          if (piece.kind !== 'text') return;
          send(piece.text, body.logprobs == null ? {} : { logprobs: textLogprobs([piece], offset) });
          offset += piece.text.length;
        });
        send('', { finish_reason: result.finish });
        if (body.stream_options?.include_usage === true)
          sink.send({ ...head, model: result.model, choices: [], usage: usageOf(result) });
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

function requestFor(body: TextCompletionBody, prompt: string, caller: Caller): GenerationRequest {
  const { suffix } = body;
  const isGap = suffix != null && suffix !== '';
  const grammar = grammarOf(body.response_format);
  return {
    caller,
    role: isGap ? 'completion' : 'chat',
    options: {
      ...optionsOf(body),
      maxTokens: body.max_tokens ?? DEFAULT_TOKENS,
      grammar,
      logprobs: body.logprobs ?? undefined,
    },
    prompt: isGap
      ? infillPrompt({ prefix: prompt, suffix, prompt: '', extra: [] })
      : continuationPrompt({
          text: prompt,
          truncate: body.truncate ?? false,
          // A grammar's text begins with a token of its own.
          isHealed: grammar === undefined,
        }),
  };
}

/** `POST /v1/completions` */
export const textCompletion = z.object({
  ...samplingFields,
  model: z.string().nullish(),
  prompt: z.union([z.string(), z.array(z.string()).length(1, 'one prompt at a time')]),
  suffix: z.string().nullish().describe('text after the gap; requires a model with infill tokens'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, { error: 'only 1 answer at a time' }).nullish(),
  best_of: z.literal(1, { error: 'only 1 answer at a time' }).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.number().int().min(0).max(20).nullish(),
  response_format: responseFormat,
});

export type TextCompletionBody = z.infer<typeof textCompletion>;
