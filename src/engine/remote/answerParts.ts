import { z } from 'zod';
import { remoteFailure } from './remoteFailure.js';

/** What one event of a stream brings. */
export interface AnswerPart {
  readonly text: string;
  readonly thinking: string;
  /** Of the text, 0 to 1; `undefined` where the server doesn't say. */
  readonly probability: number | undefined;
  /** Why nothing more comes. */
  readonly finish: 'stop' | 'length' | undefined;
  /** The model that answers, where it is said. */
  readonly model: string | undefined;
}

/** A shape that servers fill in different ways: what is not as expected counts as left out. */
const text = z.string().nullish().catch(undefined);
const logprob = z.number().nullish().catch(undefined);

const event = z.object({
  error: z.unknown().optional(),
  model: text,
  // OpenAI's API
  choices: z
    .array(
      z.object({
        text,
        delta: z.object({ content: text, reasoning_content: text, reasoning: text }).nullish(),
        finish_reason: text,
        logprobs: z
          .object({
            token_logprobs: z.array(logprob).nullish().catch(undefined),
          })
          .nullish()
          .catch(undefined),
      }),
    )
    .optional(),
  // llama.cpp's own API
  content: text,
  stop: z.boolean().nullish().catch(undefined),
  stop_type: text,
  completion_probabilities: z.array(z.object({ logprob })).nullish().catch(undefined),
  // Ollama's own API
  response: text,
  thinking: text,
  done: z.boolean().nullish(),
  done_reason: text,
});

/** @throws EngineError `remoteFailed`: the server reports an error, or says what can't be understood */
export function answerPart(host: string, json: unknown): AnswerPart {
  const parsed = event.safeParse(json);
  if (!parsed.success) throw remoteFailure(host, 'notUnderstood', 'an event of another kind');
  const { data } = parsed;
  if (data.error !== undefined && data.error !== null)
    throw remoteFailure(host, 'serverError', messageOf(data.error));
  const choice = data.choices?.[0];
  const { delta } = choice ?? {};
  const logprobs =
    choice?.logprobs?.token_logprobs ?? data.completion_probabilities?.map((each) => each.logprob);
  const isKnown = choice !== undefined || data.choices !== undefined;
  if (!isKnown && data.content == null && data.response == null && data.done == null && data.stop == null)
    throw remoteFailure(host, 'notUnderstood', 'an event of another kind');
  const reason =
    choice?.finish_reason ??
    (data.stop === true ? (data.stop_type ?? 'stop') : undefined) ??
    (data.done === true ? (data.done_reason ?? 'stop') : undefined);
  return {
    text: choice?.text ?? delta?.content ?? data.content ?? data.response ?? '',
    thinking: delta?.reasoning_content ?? delta?.reasoning ?? data.thinking ?? '',
    probability: probabilityOf(logprobs),
    finish: reason == null ? undefined : reason === 'length' || reason === 'limit' ? 'length' : 'stop',
    model: data.model ?? undefined,
  };
}

function probabilityOf(logprobs: readonly (number | null | undefined)[] | undefined): number | undefined {
  if (logprobs === undefined || logprobs.length === 0) return undefined;
  let sum = 0;
  for (const each of logprobs) {
    if (each == null) return undefined;
    sum += each;
  }
  return Math.min(1, Math.exp(sum));
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const { message } = error as { readonly message?: unknown };
  return typeof message === 'string' ? message : JSON.stringify(error).slice(0, 300);
}

/**
 * Whether an answer comes from the model that was asked for. Servers add versions, folders and tags to a name, or
 * leave them out.
 */
export function isSameModel(asked: string, answering: string): boolean {
  const bare = (name: string): string =>
    (name.split('/').at(-1) ?? name)
      .toLowerCase()
      .replace(/\.gguf$/, '')
      .replace(/:latest$/, '');
  const [a, b] = [bare(asked), bare(answering)];
  return a.startsWith(b) || b.startsWith(a);
}
