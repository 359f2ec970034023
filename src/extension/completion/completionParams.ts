import * as vscode from 'vscode';
import type { InlineCompletionParams, InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { toProtocolRange } from '../protocolRange.js';

/** LSP's, written out: the package that has them is only to be loaded with the first request. */
const INVOKED: typeof InlineCompletionTriggerKind.Invoked = 1;
const AUTOMATIC: typeof InlineCompletionTriggerKind.Automatic = 2;

/** What the engine is asked, in LSP's terms. LSP counts the kinds of trigger from 1, VS Code from 0. */
export function completionParams(
  document: vscode.TextDocument,
  position: vscode.Position,
  { triggerKind, selectedCompletionInfo: selected }: vscode.InlineCompletionContext,
): InlineCompletionParams {
  return {
    textDocument: { uri: document.uri.toString() },
    position: { line: position.line, character: position.character },
    context: {
      triggerKind: triggerKind === vscode.InlineCompletionTriggerKind.Invoke ? INVOKED : AUTOMATIC,
      ...(selected === undefined
        ? {}
        : { selectedCompletionInfo: { range: toProtocolRange(selected.range), text: selected.text } }),
    },
  };
}
