import { lastPiece } from '../decoding/tokenHealing.js';
import type { Sampling } from '../model/model.js';
import { infillPromptText, plainText } from './infillFamilies.js';
import type { InfillText, RemotePrompt } from './remotePrompt.js';
import type { ServerFacts } from './serverFacts.js';

/** A request in a server's own words. */
export interface ServerRequest {
  readonly path: string;
  readonly body: object;
  readonly format: 'sse' | 'lines';
  /** The end of the prompt that the answer repeats, since it isn't sent; see `AnswerText`. */
  readonly repeats: string;
  /** Whether the answer surely repeats it; otherwise a server may have done so or not. */
  readonly isCertain: boolean;
}

export interface RequestOptions {
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly grammar?: string | undefined;
  readonly wantsProbability: boolean;
}

/** Tokens of a server hold about as much text as those counted here, or a little less. */
const LONGER = 1.25;

/** How a server is asked for what follows a prompt. */
export function requestFor(facts: ServerFacts, prompt: RemotePrompt, options: RequestOptions): ServerRequest {
  if (prompt.kind === 'chat') return chatRequest(facts, prompt, options);
  if (prompt.kind === 'infill' && facts.infill === 'endpoint') return infillRequest(facts, prompt, options);
  if (prompt.kind === 'infill' && facts.infill === 'suffix')
    return textRequest(facts, prompt.before + prompt.middle, options, prompt.after);
  const { family } = facts;
  if (prompt.kind === 'infill' && family !== undefined) {
    const { sent, ...healing } = healed(facts, prompt.middle, options);
    const text = infillPromptText(family, { ...prompt, middle: sent });
    return { ...textRequest(facts, text, healing.options), ...healing.cut };
  }
  const text = prompt.kind === 'text' ? prompt.text : prompt.before + prompt.middle;
  const { sent, ...healing } = healed(facts, text, options);
  return { ...textRequest(facts, plainText(sent), healing.options), ...healing.cut };
}

/**
 * The end of a text that the answer is to begin with, since a word or blanks at a prompt's end are tokenized unlike
 * anything a model has learned. llama.cpp holds the answer to it by a grammar; elsewhere only blanks are left to it.
 */
function healed(
  { kind }: ServerFacts,
  text: string,
  options: RequestOptions,
): {
  readonly sent: string;
  readonly cut: Pick<ServerRequest, 'repeats' | 'isCertain'>;
  readonly options: RequestOptions;
} {
  const hasGrammar = kind === 'llama.cpp' && options.grammar === undefined;
  const blanks = /[ \t]+$/.exec(text)?.[0] ?? '';
  const repeats = hasGrammar && blanks.length < 2 ? lastPiece(text) : blanks;
  const grammar = `root ::= ${JSON.stringify(repeats)} [^\\x00]*`;
  return {
    sent: text.slice(0, text.length - repeats.length),
    cut: { repeats, isCertain: repeats !== '' },
    options: hasGrammar && repeats !== '' ? { ...options, grammar } : options,
  };
}

type ChatPrompt = RemotePrompt & { readonly kind: 'chat' };

function chatRequest(facts: ServerFacts, prompt: ChatPrompt, options: RequestOptions): ServerRequest {
  const { messages, answerStart, thinking } = prompt;
  const begun = answerStart === '' ? [] : [{ role: 'assistant', content: answerStart }];
  const { kind } = facts;
  return {
    path: '/v1/chat/completions',
    format: 'sse',
    repeats: answerStart,
    isCertain: false,
    body: {
      ...openAiFields(facts, options),
      messages: [...messages, ...begun],
      stream_options: { include_usage: true },
      ...(kind === 'llama.cpp' || kind === 'vllm'
        ? { chat_template_kwargs: { enable_thinking: thinking } }
        : {}),
      ...(kind === 'vllm' && answerStart !== ''
        ? { continue_final_message: true, add_generation_prompt: false }
        : {}),
      ...(options.grammar !== undefined && (kind === 'llama.cpp' || kind === 'youtu')
        ? { grammar: options.grammar }
        : {}),
    },
  };
}

function textRequest(
  facts: ServerFacts,
  prompt: string,
  options: RequestOptions,
  suffix?: string,
): ServerRequest {
  const shared = { repeats: '', isCertain: false } as const;
  const stop = facts.family === undefined ? [] : [facts.family.fileSeparator ?? facts.family.prefix];
  switch (facts.kind) {
    case 'llama.cpp':
      return {
        ...shared,
        path: '/completion',
        format: 'sse',
        body: { ...llamaFields(options), prompt, cache_prompt: true },
      };
    case 'ollama':
      return {
        ...shared,
        path: '/api/generate',
        format: 'lines',
        body: {
          model: facts.model,
          prompt,
          stream: true,
          ...(suffix === undefined ? { raw: true } : { suffix }),
          options: {
            ...ollamaSampling(options),
            num_predict: serverTokens(options),
            num_ctx: facts.contextTokens,
            stop,
          },
        },
      };
    default:
      return {
        ...shared,
        path: '/v1/completions',
        format: 'sse',
        body: {
          ...openAiFields(facts, options),
          prompt,
          ...(stop.length === 0 ? {} : { stop }),
          ...(options.wantsProbability && facts.kind !== 'other' ? { logprobs: 1 } : {}),
        },
      };
  }
}

function infillRequest(facts: ServerFacts, prompt: InfillText, options: RequestOptions): ServerRequest {
  // This project's own server heals the last word itself.
  const isHealed = facts.kind === 'youtu';
  const { sent, cut, ...healing } = isHealed
    ? { sent: prompt.middle, cut: { repeats: '', isCertain: false }, options }
    : healed(facts, prompt.middle, options);
  return {
    path: '/infill',
    format: 'sse',
    ...cut,
    body: {
      ...llamaFields(healing.options),
      input_prefix: prompt.before,
      input_suffix: prompt.after,
      prompt: sent,
      input_extra: prompt.files.map(({ path, text }) => ({ filename: path, text })),
    },
  };
}

function serverTokens({ maxTokens }: RequestOptions): number {
  return Math.ceil(maxTokens * LONGER) + 8;
}

function openAiFields({ model, kind }: ServerFacts, options: RequestOptions): object {
  const { temperature, topP, topK, minP, seed, repeatPenalty } = options.sampling;
  return {
    model,
    stream: true,
    temperature,
    ...(topP === undefined || temperature === 0 ? {} : { top_p: topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(Number.isFinite(options.maxTokens) ? { max_tokens: serverTokens(options) } : {}),
    // Beyond OpenAI's API; a server that doesn't know them may refuse the request.
    ...(kind === 'other' || kind === 'ollama'
      ? {}
      : {
          ...(topK === undefined ? {} : { top_k: topK }),
          ...(minP === undefined ? {} : { min_p: minP }),
          ...(repeatPenalty === undefined || kind === 'youtu'
            ? {}
            : { [kind === 'vllm' ? 'repetition_penalty' : 'repeat_penalty']: repeatPenalty }),
        }),
  };
}

function llamaFields(options: RequestOptions): object {
  const { temperature, topP, topK, minP, seed, repeatPenalty } = options.sampling;
  return {
    stream: true,
    temperature,
    n_predict: Number.isFinite(options.maxTokens) ? serverTokens(options) : -1,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(minP === undefined ? {} : { min_p: minP }),
    ...(seed === undefined ? {} : { seed }),
    ...(repeatPenalty === undefined ? {} : { repeat_penalty: repeatPenalty }),
    ...(options.grammar === undefined ? {} : { grammar: options.grammar }),
    ...(options.wantsProbability ? { n_probs: 1 } : {}),
  };
}

function ollamaSampling({ sampling }: RequestOptions): object {
  const { temperature, topP, topK, minP, seed, repeatPenalty } = sampling;
  return {
    temperature,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(minP === undefined ? {} : { min_p: minP }),
    ...(seed === undefined ? {} : { seed }),
    ...(repeatPenalty === undefined ? {} : { repeat_penalty: repeatPenalty }),
  };
}
