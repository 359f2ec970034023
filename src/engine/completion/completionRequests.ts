import {
  InlineCompletionTriggerKind,
  LSPErrorCodes,
  ResponseError,
  type Connection,
  type InlineCompletionItem,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CompletionWhyRequest,
  CursorNotification,
  EditorContextNotification,
  type CompletionOutcome,
  type CompletionParams,
} from '../../protocol/completion.js';
import type { EngineSettings } from '../../protocol/settings.js';
import { abortSignalOf } from '../cancellation.js';
import type { ClientAdapter } from '../lsp/clientAdapter.js';
import type { WorkspaceContextProvider } from './context/workspaceContextProvider.js';
import { earlierText } from '../language/notebookCell.js';
import type { CompletionService } from './completionService.js';
import type { CompletionOptions } from './completionTypes.js';

/** Answers `textDocument/inlineCompletion` (LSP 3.18). */
export function registerCompletion(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  service: CompletionService,
  {
    settings,
    contextProvider,
    client,
  }: { settings: () => EngineSettings; contextProvider: WorkspaceContextProvider; client: ClientAdapter },
): void {
  documents.onDidOpen(({ document }) => contextProvider.opened(document));
  documents.onDidChangeContent(({ document }) => service.changed(document));
  documents.onDidClose(({ document }) => {
    service.closed(document.uri);
    contextProvider.closed(document.uri);
  });
  const optionsFor = (document: TextDocument, params: Partial<CompletionParams>): CompletionOptions => {
    const exclusion = contextProvider.exclusionOf(document.uri);
    return {
      ...optionsOf(document, params, settings()),
      isExcluded: exclusion === 'bySetting',
      // The client may have allowed a file itself, as the extension does.
      allowSecretFile: params.allowSecretFile === true || exclusion === 'none',
    };
  };
  connection.onNotification(EditorContextNotification, (params) => contextProvider.set(params));
  connection.onNotification(CursorNotification, async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return;
    contextProvider.viewed(document, position);
    if (contextProvider.exclusionOf(document.uri) === 'bySetting') return;
    // What is wrong with the model is told by the status.
    await service.moved(document, position).catch(() => undefined);
  });
  connection.languages.inlineCompletion.on(async (params, token) => {
    const document = documents.get(params.textDocument.uri);
    if (document === undefined) return null;
    const signal = abortSignalOf(token);
    contextProvider.edited(document, params.position);
    try {
      const answer = await service.complete(document, params.position, optionsFor(document, params), signal);
      // Nothing was looked at: there is nothing to report either.
      if (isNeverCompleted(answer.outcome)) return null;
      await client.onStats(answer.stats);
      const items: InlineCompletionItem[] = [...answer.completions];
      return items.length === 0 ? null : items;
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      if (error instanceof Error && error.name === 'AbortError') return null;
      client.onCompletionFailed(error, params.context.triggerKind === InlineCompletionTriggerKind.Invoked);
      return null;
    }
  });
  connection.onRequest(CompletionWhyRequest, async ({ textDocument, position, ...params }, token) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    return service.why(document, position, optionsFor(document, params), abortSignalOf(token));
  });
}

/** Whether a position has no completion, automatic or explicit. */
function isNeverCompleted(outcome: CompletionOutcome): boolean {
  return (
    outcome.kind === 'notTriggered' &&
    ['secretFile', 'excludedFile', 'unsupportedPosition'].includes(outcome.gate)
  );
}

function optionsOf(
  document: TextDocument,
  { context, indent, earlierCells, maxLines }: Partial<CompletionParams>,
  { completionMaxLines, supportsPartialResults, completionLatencyGoal }: EngineSettings,
): CompletionOptions {
  const { triggerKind, selectedCompletionInfo } = context ?? {};
  const earlier = isTexts(earlierCells) ? earlierText(document, earlierCells) : undefined;
  return {
    isInvoked: triggerKind === InlineCompletionTriggerKind.Invoked,
    maxLines: isLineCount(maxLines) ? maxLines : completionMaxLines,
    ...(supportsPartialResults ? { partialAfterMs: completionLatencyGoal } : {}),
    ...(indent === undefined ? {} : { indent }),
    ...(earlier === undefined ? {} : { earlierText: earlier }),
    ...(selectedCompletionInfo === undefined ? {} : { selected: selectedCompletionInfo }),
  };
}

/** Any client may send anything. */
function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isLineCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
