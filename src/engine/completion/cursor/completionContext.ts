import { lineAround, type CursorContext } from './cursorContext.js';

/** What stop rules, rules and gates look at: the text around the cursor, and how it is to be written. */
export interface CompletionContext {
  readonly languageId: string;
  /** Text before the cursor, from a line's start on. Lines end in `\n`. */
  readonly prefix: string;
  /** Text after the cursor. Lines end in `\n`. */
  readonly suffix: string;
  /** The line's text before and after the cursor. */
  readonly linePrefix: string;
  readonly lineSuffix: string;
  /** The editor's unit of indentation; read off the text where it is not known. */
  readonly indent?: { readonly useTabs: boolean; readonly size: number };
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
