/** Characters of a prompt's parts. */
export interface TextBudget {
  /** Of a new window; it may grow by a third until a new one is made. */
  readonly prefixCharacters: number;
  readonly suffixCharacters: number;
  /** Parts of other files. */
  readonly snippetCharacters: number;
}

/** A prompt that is evaluated from nothing may take this many times the latency goal: idle time warms most of them. */
const COLD_GOALS = 14;
/** Seconds of idle time that may be spent on a prompt. */
const IDLE_SECONDS = 20;
const TOKEN_STEPS = [256, 384, 576, 1280, 2048, 3072] as const;
const IDLE_TOKEN_STEPS = [576, 960, 1536] as const;
/** Of a budget. What must be evaluated in time shares between the file and other files; … */
const SHARES = { prefix: 0.45, suffix: 0.2, snippets: 0.35 } as const;
/** … idle time has the file's own text first, and the others on top. */
const IDLE_SHARES = { prefix: 2 / 3, suffix: 1 / 6, snippets: 1 / 6 } as const;
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
  return budgetOf(largestStep(TOKEN_STEPS, wanted, contextTokens), SHARES);
}

/** How much text idle time can evaluate, beyond {@link contextBudget}. Parameters as there. */
export function idleBudget(tokensPerSecond: number | undefined, contextTokens: number): TextBudget {
  const wanted = (tokensPerSecond ?? GUESSED_SPEED) * IDLE_SECONDS;
  return budgetOf(largestStep(IDLE_TOKEN_STEPS, wanted, contextTokens), IDLE_SHARES);
}

/** Tokens that a prompt may have when it is made; what is typed afterwards and the answer need the rest. */
export function maxPromptTokens(contextTokens: number): number {
  return Math.floor((contextTokens * 3) / 4);
}

/** Tokens that a prompt may grow to. */
export function maxGrownTokens(contextTokens: number): number {
  return Math.floor((contextTokens * 7) / 8);
}

/** For a text whose tokens are shorter than those of code: Chinese has a character or two in each. */
export function scaledBudget(budget: TextBudget, factor: number): TextBudget {
  return {
    prefixCharacters: Math.floor(budget.prefixCharacters * factor),
    suffixCharacters: Math.floor(budget.suffixCharacters * factor),
    snippetCharacters: Math.floor(budget.snippetCharacters * factor),
  };
}

function largestStep(steps: readonly [number, ...number[]], wanted: number, contextTokens: number): number {
  const limit = maxPromptTokens(contextTokens);
  const fitting = steps.filter((step) => step <= wanted && step <= limit);
  return fitting.at(-1) ?? Math.min(steps[0], limit);
}

function budgetOf(tokens: number, shares: typeof SHARES | typeof IDLE_SHARES): TextBudget {
  const characters = tokens * CHARACTERS_PER_TOKEN;
  return {
    prefixCharacters: Math.floor(characters * shares.prefix),
    suffixCharacters: Math.floor(characters * shares.suffix),
    snippetCharacters: Math.floor(characters * shares.snippets),
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
