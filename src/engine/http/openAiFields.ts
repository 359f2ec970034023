import type { GenerationResult, GenerationChunk } from '../serving/generationRequest.js';
import type { OutputPiece, TokenLogprob } from '../decoding/output/outputReader.js';

/** As OpenAI's API counts. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
}

export function usageOf({ promptTokens, cachedTokens, completionTokens }: GenerationResult): Usage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

/** Token probabilities as in OpenAI's chat API. */
export function chatLogprobs(pieces: readonly GenerationChunk[]): { readonly content: readonly object[] } {
  return {
    content: logprobsOf(pieces).map(({ chosen, top }) => ({
      ...described(chosen),
      top_logprobs: top.map(described),
    })),
  };
}

/** Token probabilities as in OpenAI's older completions API. Offsets count characters from `offset`. */
export function textLogprobs(pieces: readonly GenerationChunk[], offset = 0): object {
  const all = logprobsOf(pieces);
  let at = offset;
  const offsets = all.map(({ chosen }) => {
    const here = at;
    at += chosen.text.length;
    return here;
  });
  return {
    tokens: all.map(({ chosen }) => chosen.text),
    token_logprobs: all.map(({ chosen }) => chosen.logprob),
    top_logprobs: all.map(({ top }) => Object.fromEntries(top.map(({ text, logprob }) => [text, logprob]))),
    text_offset: offsets,
  };
}

function logprobsOf(pieces: readonly GenerationChunk[]): OutputPiece['logprobs'] {
  return pieces.flatMap((piece) => (piece.kind === 'prefill' ? [] : piece.logprobs));
}

function described({ text, logprob }: TokenLogprob): object {
  return { token: text, logprob, bytes: [...Buffer.from(text)] };
}
