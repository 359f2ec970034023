/** Characters of a prompt's parts. */
export interface TextBudget {
  /** Of a new window; it may grow by a third until it is made anew. */
  readonly prefixCharacters: number;
  readonly suffixCharacters: number;
  /** Parts of other files. */
  readonly snippetCharacters: number;
}

/** A prompt that is evaluated from nothing may take this many times the latency goal: idle time warms most of them. */
const COLD_GOALS = 14;
const TOKEN_STEPS = [256, 384, 576, 1280, 2048, 3072] as const;
/** Tokens per second before the first measurement: two old cores and a larger model. */
const GUESSED_SPEED = 70;
/** A token of code is about this many characters. */
const CHARACTERS_PER_TOKEN = 3;

/**
 * How much text the model is shown: as much as this machine evaluates in the time above. The budget moves in
 * steps, since each change throws the KV cache away.
 * @param tokensPerSecond measured prefill speed; `undefined` before the first measurement
 * @param contextTokens size of the context; a quarter is left for the answer
 * @param latencyGoal milliseconds
 */
export function contextBudget(
  tokensPerSecond: number | undefined,
  contextTokens: number,
  latencyGoal: number,
): TextBudget {
  const wanted = ((tokensPerSecond ?? GUESSED_SPEED) * latencyGoal * COLD_GOALS) / 1000;
  const limit = Math.floor((contextTokens * 3) / 4);
  let tokens: number = TOKEN_STEPS[0];
  for (const step of TOKEN_STEPS) if (step <= wanted && step <= limit) tokens = step;
  tokens = Math.min(tokens, limit);
  const characters = tokens * CHARACTERS_PER_TOKEN;
  return {
    prefixCharacters: Math.floor(characters * 0.45),
    suffixCharacters: Math.floor(characters * 0.2),
    snippetCharacters: Math.floor(characters * 0.35),
  };
}

/** Gives the room that parts of other files don't take to the text at hand. */
export function withoutSnippets(
  budget: TextBudget,
  snippets: readonly { readonly text: string }[],
): TextBudget {
  const taken = snippets.reduce((sum, { text }) => sum + text.length, 0);
  const free = Math.max(0, budget.snippetCharacters - taken);
  return { ...budget, prefixCharacters: budget.prefixCharacters + free };
}
