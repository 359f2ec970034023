import type { LlamaContextSequence, NativeToken } from './llamaBinding.js';
import type { Token, TokenOption } from './model.js';

/**
 * Mean logarithm of the probabilities with which the model would write `text` after what it has evaluated and `given`.
 * Looks at two logits a token, its own and the largest, which is the one that is selected: the whole list of
 * probabilities would cost a tenth of a second each, and to be told the best ones sorts them all.
 * @param given at least one token
 */
export async function likelihoodOf(
  sequence: LlamaContextSequence,
  given: readonly Token[],
  text: readonly Token[],
): Promise<number> {
  if (text.length === 0) return 0;
  const evaluated = [...given, ...text.slice(0, -1)] as NativeToken[];
  const first = given.length - 1;
  const results = await sequence.controlledEvaluate(
    evaluated.map((token, index) => {
      const next = text[index - first] as NativeToken | undefined;
      if (index < first || next === undefined) return token;
      const logits = { filter: { tokens: [next], includeSelected: true } };
      return [token, { generateNext: { logits, totalLogitWeight: true } }];
    }),
  );
  const logarithms = text.map((token, index) => {
    const { logits, totalLogitWeight = 1 } = results[first + index]?.next ?? {};
    const own = logits?.get(token as NativeToken) ?? Number.NEGATIVE_INFINITY;
    return own - Math.max(...(logits?.values() ?? [])) - Math.log(totalLogitWeight);
  });
  return logarithms.reduce((sum, each) => sum + each, 0) / text.length;
}

/**
 * Evaluates `tokens`; returns what could have followed each of them: the token that does, in `tokens` or as `next`,
 * then the likeliest. Unlike with the library's `probabilities`, only those that are returned are sorted.
 */
export async function tokenOptions(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  next: Token,
  maxOptions: number,
): Promise<readonly (readonly TokenOption[])[]> {
  const following = [...tokens.slice(1), next] as NativeToken[];
  const results = await sequence.controlledEvaluate(
    following.map((each, index) => {
      const logits = { filter: { tokens: [each], includeMax: true, includeTop: maxOptions } };
      return [tokens[index] as NativeToken, { generateNext: { logits, totalLogitWeight: true } }];
    }),
  );
  return following.map((chosen, index) => {
    const { logits = new Map<NativeToken, number>(), totalLogitWeight = 1 } = results[index]?.next ?? {};
    const max = Math.max(...logits.values());
    const options = [...logits]
      .map(([token, logit]) => ({
        token: token,
        probability: Math.exp(logit - max) / totalLogitWeight,
      }))
      .sort((a, b) => b.probability - a.probability);
    const own = options.find(({ token }) => token === chosen) ?? { token: chosen, probability: 0 };
    return [own, ...options.slice(0, maxOptions)];
  });
}
