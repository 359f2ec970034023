import type { CompletionContext } from '../cursor/completionContext.js';
import { cutDoubledBracket } from './cutDoubledBracket.js';
import { cutSuffixOverlap } from './cutSuffixOverlap.js';

/** The rest of an answer where the editor has meanwhile put closing brackets behind the cursor. */
export function withoutClosing(rest: string, context: CompletionContext): string {
  return cutDoubledBracket(cutSuffixOverlap(rest, context), context);
}
