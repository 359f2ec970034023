import type { LlamaContextSequence, NativeToken, TokenBias } from './llamaBinding.js';
import { predictFromText, type Speculation } from './speculation.js';

export interface GreedyToken {
  readonly token: NativeToken;
  /** 0 to 1; `undefined` when not asked for. */
  readonly probability: number | undefined;
}

export interface GreedyDeps {
  readonly sequence: LlamaContextSequence;
  /** Evaluates so many tokens, with the threads that suit them. */
  readonly evaluate: <T>(count: number, work: () => Promise<T>) => Promise<T>;
  /** Asked before each evaluation; `undefined` = any token may be chosen, from then on. */
  readonly bias?: (() => TokenBias | undefined) | undefined;
  readonly withProbability: boolean;
  /** Given where earlier parts of the text may let expect what follows: then that is tried. */
  readonly speculation?: Pick<Speculation, 'begin' | 'pays' | 'add'> | undefined;
}

/**
 * Greedy decoding that tells how probable each token was. The library's own `confidence` sorts the vocabulary for it,
 * 12 ms a token where there are 152,000. The likeliest token's probability is one over the sum of all weights, its own
 * counted as 1: that costs 1 ms.
 *
 * And speculation: tokens that an earlier part of the text lets expect are evaluated together with the last one, which
 * takes less time than one by one; those that the model chooses too are kept. It pays for corrected code, of which
 * most is copied; completions repeat too little of their prompts.
 */
export async function* greedyTokens(
  deps: GreedyDeps,
  prompt: readonly NativeToken[],
): AsyncGenerator<GreedyToken, void> {
  const { sequence, evaluate, bias: biasNow, speculation } = deps;
  speculation?.begin();
  for (let pending = prompt; ;) {
    const bias = biasNow?.();
    const mayTry = speculation?.pays === true && bias === undefined && pending !== prompt;
    const predicted = mayTry ? predict(sequence, pending) : [];
    const chosen = await evaluate(pending.length + predicted.length, async () => {
      const before = process.cpuUsage();
      const found = await choose(deps, bias, pending, predicted);
      const { user, system } = process.cpuUsage(before);
      if (pending !== prompt) speculation?.add(predicted.length > 0, found.length, (user + system) / 1000);
      return found;
    });
    for (const each of chosen) {
      if (sequence.model.isEogToken(each.token)) return;
      yield each;
    }
    pending = chosen.slice(-1).map(({ token }) => token);
  }
}

function predict(sequence: LlamaContextSequence, pending: readonly NativeToken[]): readonly NativeToken[] {
  const room = sequence.contextSize - sequence.nextTokenIndex - pending.length - 1;
  const predicted = predictFromText([...sequence.contextTokens, ...pending]) as readonly NativeToken[];
  return predicted.slice(0, Math.max(0, room));
}

/** @returns what follows `pending`, and each predicted token for as long as they are right */
async function choose(
  { sequence, withProbability }: GreedyDeps,
  bias: TokenBias | undefined,
  pending: readonly NativeToken[],
  predicted: readonly NativeToken[],
): Promise<GreedyToken[]> {
  const generateNext = {
    token: true,
    totalLogitWeight: withProbability,
    options: { temperature: 0, ...(bias === undefined ? {} : { tokenBias: bias }) },
  };
  const first = pending.length - 1;
  const results = await sequence.controlledEvaluate(
    [...pending, ...predicted].map((token, index) => (index < first ? token : [token, { generateNext }])),
  );
  const chosen = results.slice(first).map((result) => {
    const { token, totalLogitWeight } = result?.next ?? {};
    if (token === undefined || token === null) throw new Error('no token could be chosen');
    return { token, probability: totalLogitWeight === undefined ? undefined : 1 / totalLogitWeight };
  });
  const wrong = predicted.findIndex((token, index) => token !== chosen[index]?.token);
  if (wrong < 0) return chosen;
  const end = sequence.nextTokenIndex;
  await sequence.eraseContextTokenRanges([{ start: end - (predicted.length - wrong), end }]);
  return chosen.slice(0, wrong + 1);
}
