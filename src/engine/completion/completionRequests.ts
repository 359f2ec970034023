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
  CursorNotification,
  EditorContextNotification,
  type CompletionParams,
} from '../../protocol/completion.js';
import type { EngineSettings } from '../../protocol/settings.js';
import { abortSignalOf } from '../cancellation.js';
import type { ClientAdapter } from '../lsp/clientAdapter.js';
import type { WorkspaceContextProvider } from './context/workspaceContextProvider.js';
import type { CompletionService } from './completionService.js';

/** Answers `textDocument/inlineCompletion` (LSP 3.18). */
export function registerCompletion(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  service: CompletionService,
  {
    settings,
    surroundings,
    door,
  }: { settings: () => EngineSettings; surroundings: WorkspaceContextProvider; door: ClientAdapter },
): void {
  documents.onDidOpen(({ document }) => surroundings.opened(document));
  documents.onDidChangeContent(({ document }) => service.changed(document));
  documents.onDidClose(({ document }) => {
    service.closed(document.uri);
    surroundings.closed(document.uri);
  });
  connection.onNotification(EditorContextNotification, (params) => surroundings.set(params));
  connection.onNotification(CursorNotification, async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return;
    surroundings.viewed(document, position);
    // What is wrong with the model is told by the status.
    await service.moved(document, position).catch(() => undefined);
  });
  connection.languages.inlineCompletion.on(async (params, token) => {
    const document = documents.get(params.textDocument.uri);
    if (document === undefined) return null;
    const signal = abortSignalOf(token);
    surroundings.edited(document, params.position);
    try {
      const answer = await service.complete(document, params.position, optionsOf(params, settings()), signal);
      if (answer === undefined) return null;
      await door.onFigures(answer.figures);
      const items: InlineCompletionItem[] = [...answer.completions];
      return items.length === 0 ? null : items;
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      if (signal.aborted || (error instanceof DOMException && error.name === 'AbortError')) return null;
      door.onCompletionFailed(error, params.context.triggerKind === InlineCompletionTriggerKind.Invoked);
      return null;
    }
  });
}

function optionsOf(
  { context, indent, earlierText, maxLines, allowSecretFile }: CompletionParams,
  { completionMaxLines, supportsPartialResults, completionLatencyGoal }: EngineSettings,
): Parameters<CompletionService['complete']>[2] {
  const { selectedCompletionInfo } = context;
  return {
    isInvoked: context.triggerKind === InlineCompletionTriggerKind.Invoked,
    maxLines: isLineCount(maxLines) ? maxLines : completionMaxLines,
    allowSecretFile: allowSecretFile === true,
    ...(supportsPartialResults ? { partialAfterMs: completionLatencyGoal } : {}),
    ...(indent === undefined ? {} : { indent }),
    ...(typeof earlierText === 'string' ? { earlierText } : {}),
    ...(selectedCompletionInfo === undefined ? {} : { selected: selectedCompletionInfo }),
  };
}

/** Any client may send anything. */
function isLineCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
