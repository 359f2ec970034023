import type { CompletionContext } from '../completionContext.js';

/** Whether an automatic suggestion makes sense here: not in the middle of a word or of a line's code. */
export function isWorthAsking({ lineSuffix }: CompletionContext, isInvoked: boolean): boolean {
  return isInvoked || /^[\s)\]}>"'`;,:{]*$/.test(lineSuffix);
}
