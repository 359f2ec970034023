import { randomUUID } from 'node:crypto';
import type { Caller } from '../../decoding/fairQueue.js';
import type { GenerationChunk, GenerationRequest } from '../../serving/generationRequest.js';
import { continuationPrompt, infillPrompt } from '../../serving/requestPrompts.js';
import { callerOf, requestBody, generateFor, modelName, type AddRoute } from './route.js';
import { eventStream } from '../eventStream.js';
import { TextLogprobs, timingsOf, usageOf } from '../openAiFields.js';
import { formatFields, grammarOf } from '../schemas/answerFormat.js';
import { optionsOf, samplingFields } from '../schemas/sampling.js';
import { unsupportedFields } from '../schemas/unsupportedFields.js';
import { invalidRequest, toApiError } from '../apiError.js';
import { z } from 'zod';

/** OpenAI's own default: this API was made for short texts. */
const DEFAULT_TOKENS = 16;

/** `POST /v1/completions`, as OpenAI's older API; with `suffix` a gap is filled. */
export const addCompletions: AddRoute = (app, deps) => {
  app.post('/v1/completions', async (context) => {
    const body = await requestBody(context, textCompletion);
    const request = requestFor(body, callerOf(context, body.user));
    const head = {
      id: `cmpl-${randomUUID()}`,
      object: 'text_completion',
      created: Math.floor(Date.now() / 1000),
    };
    const logprobs = body.logprobs == null ? undefined : new TextLogprobs();
    if (body.stream !== true) {
      const pieces: TextPiece[] = [];
      const result = await generateFor(deps, request, context.req.raw.signal, (piece) => {
        if (isText(piece)) pieces.push(piece);
      });
      const choice = {
        index: 0,
        text: pieces.map(({ text }) => text).join(''),
        logprobs: logprobs?.next(pieces.flatMap((piece) => piece.logprobs)) ?? null,
        finish_reason: result.finish,
      };
      const usage = { usage: usageOf(result), timings: timingsOf(result) };
      return context.json({ ...head, model: result.model, choices: [choice], ...usage });
    }
    return eventStream(
      context.req.raw.signal,
      async (sink, signal) => {
        const send = (choice: object, around: object = {}): void =>
          sink.send({
            ...head,
            model: modelName(deps, request.role),
            choices: [{ index: 0, text: '', logprobs: null, finish_reason: null, ...choice }],
            ...around,
          });
        const result = await generateFor(deps, request, signal, (piece) => {
          if (isText(piece)) send({ text: piece.text, logprobs: logprobs?.next(piece.logprobs) ?? null });
        });
        const hasUsage = body.stream_options?.include_usage === true;
        const timings = { timings: timingsOf(result) };
        send({ finish_reason: result.finish }, hasUsage ? {} : timings);
        if (hasUsage)
          sink.send({ ...head, model: result.model, choices: [], usage: usageOf(result), ...timings });
        sink.send('[DONE]');
      },
      (error) => toApiError(error).body,
    );
  });
};

type TextPiece = Exclude<GenerationChunk, { readonly kind: 'prefill' }>;

function isText(piece: GenerationChunk): piece is TextPiece {
  return piece.kind === 'prompt' || piece.kind === 'text';
}

function requestFor(body: TextCompletionBody, caller: Caller): GenerationRequest {
  const { suffix, logprobs } = body;
  const prompt = promptOf(body.prompt);
  const isGap = suffix != null && suffix !== '';
  const grammar = grammarOf(body);
  const options = optionsOf(body);
  const isLimited = body.max_tokens != null || body.n_predict != null;
  const shared = {
    ...options,
    maxTokens: isLimited ? options.maxTokens : DEFAULT_TOKENS,
    grammar,
    echo: body.echo ?? false,
    logprobs: logprobs ?? undefined,
  };
  if (isGap) {
    if (shared.echo && logprobs != null)
      throw invalidRequest('"echo" with "logprobs" is not supported beside "suffix".', 'echo');
    return { caller, role: 'completion', options: shared, prompt: gapPrompt(prompt, suffix) };
  }
  // A grammar's text begins with a token of its own, and probabilities of a prompt are those of all its tokens.
  const isHealed = grammar === undefined && !(shared.echo && logprobs != null);
  const truncate = body.truncate ?? false;
  return {
    caller,
    role: 'chat',
    options: shared,
    prompt: continuationPrompt({ prompt, truncate, isHealed }),
  };
}

function gapPrompt(prompt: string | readonly number[], suffix: string): GenerationRequest['prompt'] {
  if (typeof prompt !== 'string')
    throw invalidRequest('"suffix" needs a "prompt" that is a text, not tokens.', 'prompt');
  return infillPrompt({ prefix: prompt, suffix, prompt: '', extra: [] });
}

/** A list has one prompt: the schema says so. */
function promptOf(prompt: TextCompletionBody['prompt']): string | readonly number[] {
  if (typeof prompt === 'string') return prompt;
  const [first] = prompt;
  return typeof first === 'number' ? (prompt as readonly number[]) : (first ?? '');
}

const tokens = z.array(z.number().int().min(0)).min(1);

/** `POST /v1/completions` */
export const textCompletion = z.object({
  ...samplingFields,
  ...formatFields,
  ...unsupportedFields,
  model: z.string().nullish(),
  prompt: z
    .union([z.string(), z.array(z.string()).length(1), z.array(tokens).length(1), tokens], {
      error: 'is a text or a list of tokens, one prompt at a time',
    })
    .describe('text, or tokens of the model’s own vocabulary; a list has one prompt'),
  suffix: z.string().nullish().describe('text after the gap; requires a model with infill tokens'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  best_of: z.literal(1, { error: 'only 1 answer at a time' }).nullish(),
  echo: z
    .boolean()
    .nullish()
    .describe('the prompt is a part of the text; with "logprobs", its tokens have probabilities too'),
  logprobs: z.number().int().min(0).max(20).nullish(),
});

export type TextCompletionBody = z.infer<typeof textCompletion>;
