import type { CompletionContext } from './completionContext.js';
import { noDoubledBracket } from './rules/noDoubledBracket.js';
import { noSuffixOverlap } from './rules/noSuffixOverlap.js';

/** The rest of an answer where the editor has meanwhile put closing brackets behind the cursor. */
export function withoutClosing(rest: string, context: CompletionContext): string {
  return noDoubledBracket(noSuffixOverlap(rest, context), context);
}
