import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type {
  InlineCompletionItem,
  InlineCompletionParams,
  Position,
  TextDocumentIdentifier,
} from 'vscode-languageserver-protocol';
import type { EngineErrorData } from './errors.js';

/**
 * Ghost text is LSP 3.18's `textDocument/inlineCompletion`, as it is. What this adds is the figures that the
 * engine reports beside it, for benchmarks and for `youtu complete`.
 */
export interface CompletionStats {
  /** Empty for an answer that evaluated nothing. */
  readonly model: string;
  /**
   * How the answer came about: `cached` (known for this very state), `typedThrough` (the rest of one that the user
   * is typing), `followed` (by a decoding that was running already), `decoded` (by one of its own). The first two
   * evaluate nothing.
   */
  readonly source: CompletionSource;
  readonly prompt: 'infill' | 'continuation';
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly tokensPerSecond: number;
  /** Tokens that completions have evaluated since their model was loaded, be it for this answer or ahead of others. */
  readonly evaluatedTotal: number;
  /** Decodings that were begun since the engine started, those ahead of a request too. */
  readonly decodingsTotal: number;
  /** Why decoding ended; empty while it runs, and for an answer that evaluated nothing. */
  readonly stop: string;
}

export type CompletionSource = 'cached' | 'typedThrough' | 'followed' | 'decoded';

/** Sent after each completion, for whoever measures; `null` items are counted too. */
export const CompletionStatsNotification = new NotificationType<CompletionStats>('youtu/completion/figures');

/** LSP's parameters, and what they lack. Another client leaves it out. */
export interface CompletionParams extends InlineCompletionParams {
  /** The editor's unit of indentation; left out, it is read off the text. */
  readonly indent?: { readonly useTabs: boolean; readonly size: number };
  /** Text that comes before the document's, where one text is written in several: a notebook's earlier cells. */
  readonly earlierText?: string;
}

/** LSP's own request, with the engine's error data. */
export const InlineCompletionRequest = new RequestType<
  CompletionParams,
  readonly InlineCompletionItem[] | null,
  EngineErrorData
>('textDocument/inlineCompletion');

/** Where the user is, without having typed: the engine warms its cache for this place while nothing else is wanted. */
export interface CursorParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

export const CursorNotification = new NotificationType<CursorParams>('youtu/completion/cursor');

/**
 * An answer that was given in part, because the latency goal had passed, has become longer: asked again for the same
 * state, the engine answers at once. Sent only to clients that say `completionGrows` in their settings.
 */
export const ExtendedNotification = new NotificationType<CursorParams>('youtu/completion/grown');

/** What an editor knows that no document says. A field that is left out stays as it was. */
export interface EditorContextParams {
  /** Code that was copied a short while ago; empty when there is none. */
  readonly clipboard?: string;
  /** What a language server says about a document. */
  readonly diagnostics?: {
    readonly uri: string;
    readonly items: readonly { readonly line: number; readonly message: string }[];
  };
}

export const EditorContextNotification = new NotificationType<EditorContextParams>(
  'youtu/completion/surroundings',
);
