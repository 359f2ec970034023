import * as vscode from 'vscode';
import type { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import type { CompletionParams } from '../../protocol/completion.js';
import { earlierCells } from './earlierCells.js';
import { toProtocolRange } from '../engine/protocolRange.js';

/** LSP's, written out: the package that has them is only to be loaded with the first request. */
const INVOKED: typeof InlineCompletionTriggerKind.Invoked = 1;
const AUTOMATIC: typeof InlineCompletionTriggerKind.Automatic = 2;

/** What the engine is asked, in LSP's terms. */
export function completionParams(
  document: vscode.TextDocument,
  position: vscode.Position,
  isInvoked: boolean,
  selected: vscode.SelectedCompletionInfo | undefined,
): CompletionParams {
  const indent = indentOf(document);
  const earlierText = earlierCells(document);
  return {
    textDocument: { uri: document.uri.toString() },
    position: { line: position.line, character: position.character },
    context: {
      triggerKind: isInvoked ? INVOKED : AUTOMATIC,
      ...(selected === undefined
        ? {}
        : { selectedCompletionInfo: { range: toProtocolRange(selected.range), text: selected.text } }),
    },
    ...(indent === undefined ? {} : { indent }),
    ...(earlierText === undefined ? {} : { earlierText }),
  };
}

/** The unit of the editor that shows the document; VS Code has looked at the text and at the settings for it. */
function indentOf(document: vscode.TextDocument): CompletionParams['indent'] {
  const active = vscode.window.activeTextEditor;
  const editor =
    active?.document === document
      ? active
      : vscode.window.visibleTextEditors.find((each) => each.document === document);
  if (editor === undefined) return undefined;
  const { insertSpaces, tabSize, indentSize } = editor.options;
  // They are resolved when they are read; the types allow what may be set.
  const size = typeof indentSize === 'number' ? indentSize : tabSize;
  if (typeof size !== 'number' || typeof insertSpaces !== 'boolean') return undefined;
  return { useTabs: !insertSpaces, size };
}
