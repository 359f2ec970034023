import type { CompletionContext } from '../cursor/completionContext.js';
import { isMidLine } from './isMidLine.js';
import { isMidWord } from './isMidWord.js';

/** Whether a suggestion is wanted here: an automatic one not inside a word or a line's code; one asked for, always. */
export function shouldTrigger(context: CompletionContext, isInvoked: boolean): boolean {
  return isInvoked || !(isMidWord(context) || isMidLine(context));
}
