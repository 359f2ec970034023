import type { TextBudget } from './completionContext.js';

/** How long a prompt that is evaluated from nothing may take. */
const COLD_PROMPT_SECONDS = 1.5;
const TOKEN_STEPS = [256, 512, 1024, 2048] as const;
/** A token of code is about this many characters. */
const CHARACTERS_PER_TOKEN = 3;

/**
 * How much text the model is shown: as much as this machine evaluates in the time above. The budget moves in
 * steps, since each change throws the KV cache away.
 * @param tokensPerSecond measured prefill speed; `undefined` before the first measurement
 * @param contextTokens size of the context; a quarter is left for the answer
 */
export function contextBudget(tokensPerSecond: number | undefined, contextTokens: number): TextBudget {
  const wanted = (tokensPerSecond ?? 0) * COLD_PROMPT_SECONDS;
  const limit = Math.floor((contextTokens * 3) / 4);
  let tokens: number = TOKEN_STEPS[0];
  for (const step of TOKEN_STEPS) if (step <= wanted && step <= limit) tokens = step;
  tokens = Math.min(tokens, limit);
  const characters = tokens * CHARACTERS_PER_TOKEN;
  return { prefixCharacters: Math.floor(characters * 0.75), suffixCharacters: Math.floor(characters * 0.25) };
}
