import type { TextAround } from '../../language/textAround.js';
import { lineAround, type CursorContext } from './cursorContext.js';

/** What gates, stop rules and post-processing rules read. */
export interface CompletionContext extends TextAround {
  /** Parts of other files that the prompt showed. */
  readonly snippets?: readonly { readonly path: string; readonly text: string }[];
}

/** The context at a cursor. */
export function contextOf(
  cursor: CursorContext,
  extra: Pick<CompletionContext, 'indent' | 'snippets'> = {},
): CompletionContext {
  const { prefix, suffix } = lineAround(cursor);
  return {
    languageId: cursor.languageId,
    prefix: cursor.before,
    suffix: cursor.after,
    linePrefix: prefix,
    lineSuffix: suffix,
    ...extra,
  };
}
