import type { TextPiece, TokenLogprob } from '../serving/generationRequest.js';

type Written = Extract<TextPiece, { kind: 'text' | 'thinking' }>;

/** As OpenAI's chat API tells of tokens. */
export function chatLogprobs(pieces: readonly TextPiece[]): { readonly content: readonly object[] } {
  return {
    content: logprobsOf(pieces).map(({ chosen, top }) => ({
      ...described(chosen),
      top_logprobs: top.map(described),
    })),
  };
}

/** As its older completions API does; offsets count from the beginning of the answer. */
export function textLogprobs(pieces: readonly TextPiece[], offset = 0): object {
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

function logprobsOf(pieces: readonly TextPiece[]): Written['logprobs'] {
  return pieces.flatMap((piece) => (piece.kind === 'prefill' ? [] : piece.logprobs));
}

function described({ text, logprob }: TokenLogprob): object {
  return { token: text, logprob, bytes: [...Buffer.from(text)] };
}
