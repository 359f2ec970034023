import type { CompletionContext } from '../cursor/completionContext.js';

const WORD_END = /[\p{L}\p{M}\p{N}_$]$/u;
const WORD_START = /^[\p{L}\p{M}\p{N}_$]/u;

/** Whether the cursor stands inside a word: what is written there is being changed, not gone on with. */
export function isMidWord({ linePrefix, lineSuffix }: CompletionContext): boolean {
  return WORD_END.test(linePrefix) && WORD_START.test(lineSuffix);
}
