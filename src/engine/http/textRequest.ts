import type { Caller } from '../decoding/fairQueue.js';
import type { GenerationRequest } from '../serving/generationRequest.js';
import { continuationPrompt, infillPrompt } from '../serving/requestPrompts.js';
import { invalidRequest } from './apiError.js';
import { formatFields, grammarOf } from './schemas/answerFormat.js';
import { optionsOf, samplingFields } from './schemas/sampling.js';
import { unsupportedFields } from './schemas/unsupportedFields.js';
import { answerCount, copiesOf, errorOfPrompt, MAX_TEXTS } from './severalTexts.js';
import { z } from 'zod';

/** OpenAI's own default: this API was made for short texts. */
const DEFAULT_TOKENS = 16;
/** Probabilities of echoed prompts are kept until all are known: texts, times the probabilities of each token. */
const MAX_ECHOED_LOGPROBS = 2 * MAX_TEXTS;

export interface TextRequests {
  /** Those of one prompt follow each other. */
  readonly requests: readonly [GenerationRequest, ...GenerationRequest[]];
  /** Answers to each prompt that are generated, and of those the ones that are returned. */
  readonly generated: number;
  readonly returned: number;
}

/**
 * A request of OpenAI's completions API as generation requests.
 * @throws ApiError
 */
export function textRequests(body: TextCompletionBody, caller: Caller): TextRequests {
  const prompts = promptsOf(body.prompt);
  const returned = body.n ?? 1;
  const generated = body.best_of ?? returned;
  checkCounts(body, prompts.length, returned, generated);
  const [first, ...others] = prompts.flatMap((prompt, index) => {
    const request = requestFor(body, prompt, caller, generated > returned);
    return copiesOf(prompts.length === 1 ? request : naming(request, index), generated);
  });
  if (first === undefined) throw invalidRequest('"prompt" is an empty list.', 'prompt');
  return { requests: [first, ...others], generated, returned };
}

function checkCounts(body: TextCompletionBody, prompts: number, returned: number, generated: number): void {
  if (generated < returned)
    throw invalidRequest(`"best_of" is ${generated}, but "n" is ${returned}: it can't be less.`, 'best_of');
  if (generated > returned && body.stream === true)
    throw invalidRequest('"best_of" chooses among whole answers, which can\'t be streamed.', 'best_of');
  const texts = prompts * generated;
  if (texts > MAX_TEXTS)
    throw invalidRequest(
      `The request asks for ${texts} texts, but ${MAX_TEXTS} at once are the limit. Send several requests.`,
      prompts > MAX_TEXTS ? 'prompt' : body.best_of == null ? 'n' : 'best_of',
    );
  const perToken = body.echo === true && body.logprobs != null ? body.logprobs + 1 : 0;
  if (texts * perToken > MAX_ECHOED_LOGPROBS)
    throw invalidRequest(
      `"echo" with "logprobs": ${body.logprobs} can have ${Math.floor(MAX_ECHOED_LOGPROBS / perToken)} texts at once, but the request asks for ${texts}. Send several requests.`,
      'prompt',
    );
}

function naming(request: GenerationRequest, index: number): GenerationRequest {
  return {
    ...request,
    prompt: (...args) =>
      request.prompt(...args).catch((error: unknown) => {
        throw errorOfPrompt(error, index);
      }),
  };
}

/** @param isRanked whether the probabilities of the answer's tokens are needed in any case */
function requestFor(
  body: TextCompletionBody,
  prompt: string | readonly number[],
  caller: Caller,
  isRanked: boolean,
): GenerationRequest {
  const { suffix, logprobs } = body;
  const echo = body.echo ?? false;
  const hasEchoedLogprobs = echo && logprobs != null;
  const grammar = grammarOf(body);
  const options = optionsOf(body);
  const isLimited = body.max_tokens != null || body.n_predict != null;
  const shared = {
    ...options,
    maxTokens: isLimited ? options.maxTokens : DEFAULT_TOKENS,
    grammar,
    echo,
    logprobs: logprobs ?? (isRanked ? 0 : undefined),
  };
  if (suffix != null && suffix !== '') {
    if (hasEchoedLogprobs)
      throw invalidRequest('"echo" with "logprobs" is not supported beside "suffix".', 'echo');
    return { caller, role: 'completion', options: shared, prompt: gapPrompt(prompt, suffix) };
  }
  // A grammar's text begins with a token of its own, and probabilities of a prompt are those of all its tokens.
  const isHealed = grammar === undefined && !hasEchoedLogprobs;
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

function promptsOf(prompt: TextCompletionBody['prompt']): readonly (string | readonly number[])[] {
  if (typeof prompt === 'string') return [prompt];
  return isTokens(prompt) ? [prompt] : prompt;
}

function isTokens(prompt: readonly (string | number | readonly number[])[]): prompt is readonly number[] {
  return typeof prompt[0] === 'number';
}

const tokens = z.array(z.number().int().min(0)).min(1);

/** `POST /v1/completions` */
export const textCompletion = z.object({
  ...samplingFields,
  ...formatFields,
  ...unsupportedFields,
  model: z.string().nullish(),
  prompt: z
    .union([z.string(), z.array(z.string()).min(1), z.array(tokens).min(1), tokens], {
      error: 'is a text, a list of tokens, or a list of texts or of lists of tokens',
    })
    .describe('text, or tokens of the model’s own vocabulary; a list of those is several prompts'),
  suffix: z.string().nullish().describe('text after the gap; requires a model with infill tokens'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: answerCount.describe('answers to each prompt'),
  best_of: answerCount.describe(
    'answers to each prompt that are generated; the "n" with the highest probability per token are returned',
  ),
  echo: z
    .boolean()
    .nullish()
    .describe('the prompt is a part of the text; with "logprobs", its tokens have probabilities too'),
  logprobs: z.number().int().min(0).max(20).nullish(),
});

export type TextCompletionBody = z.infer<typeof textCompletion>;
