import type { TextAround } from '../../language/textAround.js';
import { lineAround, type CursorContext } from './cursorContext.js';

/** What gates, stop rules and post-processing rules read. */
export interface CompletionContext extends TextAround {
  /** Parts of other files that the prompt showed. */
  readonly snippets?: readonly { readonly path: string; readonly text: string }[];
}

/** The context at a place. */
export function contextOf(
  place: CursorContext,
  extra: Pick<CompletionContext, 'indent' | 'snippets'> = {},
): CompletionContext {
  const { prefix, suffix } = lineAround(place);
  return {
    languageId: place.languageId,
    prefix: place.before,
    suffix: place.after,
    linePrefix: prefix,
    lineSuffix: suffix,
    ...extra,
  };
}
