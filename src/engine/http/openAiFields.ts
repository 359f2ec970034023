import type { GenerationResult } from '../serving/generationRequest.js';
import type { TokenLogprob, TokenLogprobs } from '../decoding/output/outputReader.js';

/** As OpenAI's API counts. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
}

export function usageOf({
  promptTokens,
  cachedTokens,
  completionTokens,
}: Pick<GenerationResult, 'promptTokens' | 'cachedTokens' | 'completionTokens'>): Usage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

/** What an answer has cost, as llama.cpp's server says it in every API. */
export function timingsOf(result: GenerationResult): object {
  const { promptTokens, cachedTokens, completionTokens, firstTokenMs, totalMs } = result;
  const evaluated = promptTokens - cachedTokens;
  const promptMs = completionTokens > 0 ? firstTokenMs : totalMs;
  const predictMs = totalMs - promptMs;
  const perSecond = (tokens: number, ms: number): number => (ms > 0 ? (1000 * tokens) / ms : 0);
  return {
    cache_n: cachedTokens,
    prompt_n: evaluated,
    prompt_ms: promptMs,
    prompt_per_token_ms: evaluated > 0 ? promptMs / evaluated : 0,
    prompt_per_second: perSecond(evaluated, promptMs),
    predicted_n: completionTokens,
    predicted_ms: predictMs,
    predicted_per_token_ms: completionTokens > 0 ? predictMs / completionTokens : 0,
    predicted_per_second: perSecond(completionTokens, predictMs),
  };
}

/** Token probabilities as in OpenAI's chat API. */
export function chatLogprobs(logprobs: readonly TokenLogprobs[]): { readonly content: readonly object[] } {
  const described = ({ bytes, logprob }: TokenLogprob): object => ({
    token: textOf(bytes) ?? escaped(bytes),
    logprob,
    bytes: [...bytes],
  });
  return {
    content: logprobs.map(({ chosen, top }) => ({
      ...described(chosen),
      top_logprobs: top.map(described),
    })),
  };
}

/**
 * Token probabilities as in OpenAI's older completions API. Offsets count characters, as Python does: a code point is
 * one. A token that is a part of a character is at the offset of that character.
 */
export class TextLogprobs {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private offset = 0;

  /** The next tokens of the text. */
  next(logprobs: readonly TokenLogprobs[]): object {
    const offsets = logprobs.map(({ chosen }) => {
      const here = this.offset;
      this.offset += [...this.decoder.decode(chosen.bytes, { stream: true })].length;
      return here;
    });
    return {
      tokens: logprobs.map(({ chosen }) => nameOf(chosen)),
      token_logprobs: logprobs.map(({ chosen }) => chosen.logprob ?? null),
      top_logprobs: logprobs.map(({ chosen, top }) =>
        chosen.logprob === undefined
          ? null
          : Object.fromEntries(firstOfEach(top.map((each) => [nameOf(each), each.logprob] as const))),
      ),
      text_offset: offsets,
    };
  }
}

/** Of entries with the same name the first, which is the likeliest. */
function firstOfEach<T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return [...new Map(entries.toReversed())].toReversed();
}

function nameOf({ bytes }: TokenLogprob): string {
  return textOf(bytes) ?? `bytes:${escaped(bytes)}`;
}

/** `undefined` where the bytes are no whole characters. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function escaped(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
