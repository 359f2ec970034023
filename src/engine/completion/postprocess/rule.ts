import type { CompletionContext } from '../cursor/completionContext.js';

/**
 * One thing that ghost text must not do. A rule gets the text as the rules before it left it and returns it
 * mended, or `''` when nothing is left to show. Pure, and each has its table in `test/unit/completion/rules`.
 */
export type Rule = (text: string, context: CompletionContext) => string;
