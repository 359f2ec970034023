import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from './completionAnswer.js';
import { contextOf } from './cursor/completionContext.js';
import type { Part } from './generation/generation.js';
import type { Request } from './generation/generationTask.js';
import type { CacheHit } from './generation/completionCache.js';
import { withoutClosing } from './postprocess/suffixOverlap.js';

type Showable = Omit<Part, 'isPart'>;

/**
 * Ghost text as an edit of the document; none where nothing is left to show. A client that asks again at each key is
 * shown what is sure, and the rest once the user gets there.
 */
export function completionItems(
  { document, position, place, options }: Request,
  shown: Showable,
): Completion[] {
  const wanted =
    options.partialAfterMs === undefined || options.isInvoked ? shown.text : confidentTextOf(shown);
  const text = shown.closing === '' ? wanted : withoutClosing(wanted, contextOf(place));
  if (text.trim() === '') return [];
  const { selected } = options;
  if (selected !== undefined)
    return [{ insertText: withLineEnds(selected.text + text, document), range: selected.range }];
  const start = { line: position.line, character: Math.max(0, position.character - shown.replaces) };
  return [{ insertText: withLineEnds(text, document), range: { start, end: position } }];
}

/** All candidates of an answer to an explicit wish, else the first. */
export function knownItems(request: Request, found: CacheHit): Completion[] {
  const { texts, sure, replaces, closing, isInvoked } = found;
  return texts
    .slice(0, isInvoked ? undefined : 1)
    .flatMap((text, index) =>
      completionItems(request, { text, sure: index === 0 ? sure : text.length, replaces, closing }),
    );
}

/** What of a text is sure enough to be shown. */
export function confidentTextOf({ text, sure }: Pick<Showable, 'text' | 'sure'>): string {
  return text.slice(0, sure);
}

function withLineEnds(text: string, document: TextDocument): string {
  const firstLine = document.getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } });
  return firstLine.endsWith('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
