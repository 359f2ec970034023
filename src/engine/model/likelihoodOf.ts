import type { LlamaContextSequence, NativeToken } from './llamaBinding.js';
import type { Token } from './model.js';

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
