import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionOutcome, CompletionSource, CompletionStats } from '../../protocol/completion.js';
import { decodeSpeed } from '../decoding/decodeRun.js';
import type { Completion, CompletionRequest, Part } from './completionTypes.js';
import { contextOf } from './cursor/completionContext.js';
import type { CacheHit } from './generation/completionCache.js';
import type { Generation } from './generation/generation.js';
import { withoutClosing } from './postprocess/suffixOverlap.js';

/**
 * Ghost text as an edit of the document; none where nothing is left to show. A client that asks again at each key is
 * shown what the model is confident about, and the rest once the user gets there.
 */
export function completionItems(request: CompletionRequest, shown: Omit<Part, 'isPart'>): Completion[] {
  const { document, position, cursor, options } = request;
  const wanted =
    options.partialAfterMs === undefined || options.isInvoked ? shown.text : confidentTextOf(shown);
  const text = shown.closing === '' ? wanted : withoutClosing(wanted, contextOf(cursor));
  if (text.trim() === '') return [];
  const { selected } = options;
  if (selected !== undefined)
    return [
      { insertText: withLineEnds(selected.text + text, document, position.line), range: selected.range },
    ];
  const start = { line: position.line, character: Math.max(0, position.character - shown.replaces) };
  return [{ insertText: withLineEnds(text, document, position.line), range: { start, end: position } }];
}

/** All candidates of a cached answer to an explicit request, else the first. */
export function cachedItems(request: CompletionRequest, found: CacheHit): Completion[] {
  const { texts, confident, replaces, closing, isInvoked } = found;
  return texts.slice(0, isInvoked ? undefined : 1).flatMap((text, index) =>
    completionItems(request, {
      text,
      confident: index === 0 ? confident : text.length,
      replaces,
      closing,
    }),
  );
}

/** The part of a text that the model is confident about. */
export function confidentTextOf({ text, confident }: Pick<Part, 'text' | 'confident'>): string {
  return text.slice(0, confident);
}

/** The outcome of a text and what was made of it. */
export function outcomeOf(
  completions: readonly Completion[],
  shown: Pick<Part, 'text' | 'confident' | 'isPart'> & { readonly droppedBy?: string | undefined },
  source: CompletionSource,
): CompletionOutcome {
  if (completions.length > 0) return { kind: 'shown', source, isPartial: shown.isPart };
  if (shown.droppedBy !== undefined) return { kind: 'dropped', rule: shown.droppedBy };
  if (shown.text.trim() === '') return { kind: 'emptyAnswer' };
  if (confidentTextOf(shown).trim() === '') return { kind: 'lowConfidence' };
  // What is left is the closing brackets that the editor has inserted itself.
  return { kind: 'dropped', rule: 'cutDoubledBracket' };
}

/** What an answer has cost; nothing but a look-up if there is no generation. */
export function statsOf(
  source: CompletionSource,
  generation: Generation | undefined,
  totals: Pick<CompletionStats, 'evaluatedTotal' | 'decodingsTotal'>,
): CompletionStats {
  if (generation === undefined) return { ...NO_STATS, source, ...totals };
  const { stats } = generation;
  return {
    model: stats.model,
    source,
    prompt: stats.prompt,
    promptTokens: stats.promptTokens,
    cachedTokens: stats.cachedTokens,
    completionTokens: stats.completionTokens,
    firstTokenMs: stats.firstTokenMs,
    totalMs: stats.totalMs,
    tokensPerSecond: decodeSpeed(stats),
    ...totals,
    stop: stats.stop,
  };
}

const NO_STATS = {
  model: '',
  prompt: 'infill',
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  firstTokenMs: 0,
  totalMs: 0,
  tokensPerSecond: 0,
  stop: '',
} as const;

/** New lines end as the cursor's, or where that is the last one, as the line above. */
function withLineEnds(text: string, document: TextDocument, line: number): string {
  const start = { line: Math.max(0, line - 1), character: 0 };
  const around = document.getText({ start, end: { line: line + 1, character: 0 } });
  return around.endsWith('\r\n') || (!around.endsWith('\n') && around.includes('\r\n'))
    ? text.replaceAll('\n', '\r\n')
    : text;
}
