import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type {
  InlineCompletionItem,
  InlineCompletionParams,
  Position,
  TextDocumentIdentifier,
} from 'vscode-languageserver-protocol';
import type { EngineErrorCode, EngineErrorData, ModelRole } from './errors.js';

/**
 * Ghost text is LSP 3.18's `textDocument/inlineCompletion`, as it is. This adds the stats that the
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

/** Sent after each completion request, for measurements; also for requests without a result. */
export const CompletionStatsNotification = new NotificationType<CompletionStats>('youtu/completion/figures');

/** LSP's parameters with what the extension adds. Other clients leave these fields out. */
export interface CompletionParams extends InlineCompletionParams {
  /** Maximum number of lines of one completion, 1 or more; by default what the settings say. */
  readonly maxLines?: number;
  /**
   * True if the user has allowed completions in this document although its name is one of `secretFiles.ts`: by
   * a `!pattern` in `youtu.completion.exclude`.
   */
  readonly allowSecretFile?: boolean;
  /** The editor's unit of indentation; left out, it is read off the text. */
  readonly indent?: { readonly useTabs: boolean; readonly size: number };
  /** The texts of a notebook's code cells above the document, which is one of its cells. */
  readonly earlierCells?: readonly string[];
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
 * state, the engine answers at once. Sent only to clients with `supportsPartialResults` in their settings.
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

/** Why no completion was tried at a place. */
export type TriggerGate =
  /** The file usually holds secrets (`.env`, keys), and the request doesn't say that the user allows it. */
  | 'secretFile'
  /** The file matches the user's patterns (`completionExclude`). */
  | 'excludedFile'
  /** A line of more than 5,000 characters, or a cursor inside what is displayed as one character: never completed. */
  | 'unsupportedPosition'
  /** The cursor is inside a word. Only an explicit request is answered there. */
  | 'midWord'
  /** Code follows the cursor on its line. Only an explicit request is answered there. */
  | 'midLine';

/** Why a completion request was given up before it had an answer. */
export type CancelReason =
  /** A newer request came. */
  | 'superseded'
  /** The client cancelled it. */
  | 'client'
  /** The text was changed to something else than what was being written. */
  | 'textChanged'
  | 'documentClosed'
  /** The model was unloaded: other settings, or the engine stops. */
  | 'modelUnloaded';

/** How a completion request ended. Each request has exactly one outcome. */
export type CompletionOutcome =
  /** There was text to show. */
  | {
      readonly kind: 'shown';
      readonly source: CompletionSource;
      /** Whether decoding continued, so that a longer text may follow with {@link ExtendedNotification}. */
      readonly isPartial: boolean;
    }
  /** A trigger gate kept the request from the model. */
  | { readonly kind: 'notTriggered'; readonly gate: TriggerGate }
  /** The model wrote a text, and a post-processing rule left nothing of it. */
  | {
      readonly kind: 'dropped';
      /** The rule's name, as in `src/engine/completion/postprocess`: `dropRepeatedNextLine` … */
      readonly rule: string;
    }
  /** The model wrote nothing but white space. */
  | { readonly kind: 'emptyAnswer' }
  /** The model's probability for the next word was below the limit. */
  | { readonly kind: 'lowConfidence' }
  | { readonly kind: 'cancelled'; readonly reason: CancelReason }
  /** As `cancelled`, but no text had come within the latency goal: the model is too slow for this machine. */
  | { readonly kind: 'tooLate'; readonly reason: CancelReason; readonly waitedMs: number }
  /** No model is set or installed. */
  | { readonly kind: 'noModel'; readonly role: ModelRole }
  | {
      readonly kind: 'failed';
      /** Left out for an error that is none of the engine's own. */
      readonly code?: EngineErrorCode;
      readonly error?: EngineErrorData;
    };

/** What the steps of a completion request took, in milliseconds. A step that was not reached is left out. */
export interface CompletionTimes {
  /** Waiting for the user's next key before decoding begins. */
  readonly debounceMs?: number;
  /** Waiting for the model: loading, and other work in its queue. */
  readonly queueMs?: number;
  /** Choosing other files' snippets and making the prompt. */
  readonly contextMs?: number;
  /** Evaluating the prompt, the first token included. */
  readonly prefillMs?: number;
  /** From the beginning of the decoding to its first text. A followed or prefetched decoding began before the request. */
  readonly firstTextMs?: number;
  /** Decoding after the first token. */
  readonly decodeMs?: number;
  readonly postprocessMs?: number;
  /** From the request to its outcome. */
  readonly totalMs: number;
}

/** Asks how the completion at a place ended. */
export interface CompletionWhyParams extends Pick<
  CompletionParams,
  'indent' | 'earlierCells' | 'maxLines' | 'allowSecretFile'
> {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

export interface CompletionWhyResult {
  readonly outcome: CompletionOutcome;
  readonly times: CompletionTimes;
  /** Whether the request had already been made; otherwise it was made now, as an automatic one. */
  readonly isRecorded: boolean;
}

/**
 * The outcome of the last request at the place if the text around it has not changed since, else that of an automatic
 * request which is made now and shows nothing. `null` when the document is not open.
 */
export const CompletionWhyRequest = new RequestType<
  CompletionWhyParams,
  CompletionWhyResult | null,
  EngineErrorData
>('youtu/completion/why');
