import type { OutputPiece, TokenLogprob } from '../decoding/output/outputReader.js';
import type { GenerationChunk } from '../serving/generationRequest.js';

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
