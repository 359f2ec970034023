import type { SyntaxFacts } from '../../syntax/syntaxFacts.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { modeFromLine, type CompletionMode } from '../postprocess/stopRules.js';

/**
 * Whether one line is wanted or a block. The syntax tree knows what looks like code but is a string or a comment,
 * and where an empty body waits for its lines; where there is none the line itself has to tell.
 */
export function completionMode(
  context: CompletionContext,
  isInvoked: boolean,
  facts: SyntaxFacts | undefined,
): CompletionMode {
  const byLine = modeFromLine(context, isInvoked);
  if (facts === undefined || context.lineSuffix.trim() !== '') return byLine;
  if (facts.opensBlock) return 'block';
  const isProse = facts.isInString || facts.isInComment;
  return isProse && context.linePrefix.trim() !== '' ? 'line' : byLine;
}
