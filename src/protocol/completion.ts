import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { InlineCompletionItem, InlineCompletionParams } from 'vscode-languageserver-protocol';
import type { EngineErrorData } from './errors.js';

/**
 * Ghost text is LSP 3.18's `textDocument/inlineCompletion`, as it is. What this adds is the figures that the
 * engine reports beside it, for benchmarks and for `youtu complete`.
 */
export interface CompletionFigures {
  readonly model: string;
  readonly prompt: 'infill' | 'continuation';
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly tokensPerSecond: number;
  /** Why decoding ended. */
  readonly stop: string;
}

/** Sent after each completion, for whoever measures; `null` items are counted too. */
export const CompletionFiguresNotification = new NotificationType<CompletionFigures>(
  'youtu/completion/figures',
);

/** LSP's own request, with the engine's error data. */
export const InlineCompletionRequest = new RequestType<
  InlineCompletionParams,
  readonly InlineCompletionItem[] | null,
  EngineErrorData
>('textDocument/inlineCompletion');
