import type { Sampling } from '../../model/model.js';
import type { SyntaxFacts } from '../../syntax/syntaxFacts.js';
import type { CompletionOptions } from '../completionTypes.js';
import { contextOf, type CompletionContext } from '../cursor/completionContext.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import { modeFromLine, type CompletionMode } from '../postprocess/stopRules.js';

/** What to decode. */
export interface GenerationTask {
  readonly cursor: CursorContext;
  readonly context: CompletionContext;
  readonly mode: CompletionMode;
  /** The request's line limit. */
  readonly maxLines: number;
  readonly isInvoked: boolean;
  /** Greedy if left out. */
  readonly sampling?: Sampling;
  /** For a prefetch: the cursor where the user is, and the text that leads from there to the task's cursor. */
  readonly basis?: { readonly cursor: CursorContext; readonly text: string };
}

/** The task of decoding at a cursor with a request's options. */
export function taskFor(
  { isInvoked, maxLines, indent }: CompletionOptions,
  cursor: CursorContext,
  facts: SyntaxFacts | undefined,
): GenerationTask {
  const context = contextOf(cursor, indent === undefined ? {} : { indent });
  return { cursor, context, mode: completionMode(context, isInvoked, facts), maxLines, isInvoked };
}

/** Lines to decode at most: an explicit request gets longer texts. */
export function lineLimit({ isInvoked, maxLines }: GenerationTask): number {
  return isInvoked ? maxLines : Math.ceil(maxLines / 2);
}

/**
 * Whether one line is wanted or a block. The syntax tree knows strings and comments that look like code, and empty
 * bodies; without a tree the line decides.
 */
function completionMode(
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
