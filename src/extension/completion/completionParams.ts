import * as vscode from 'vscode';
import type { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import type { CompletionParams } from '../../protocol/completion.js';
import { earlierCells } from './earlierCells.js';
import { isSecretFile } from '../../protocol/secretFiles.js';
import { toProtocolRange } from '../engine/protocolRange.js';
import { indentUnitOf } from '../indentUnit.js';
import { readSetting } from '../settings.js';

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
    indent: indentUnitOf(document),
    maxLines: readSetting('completion.maxLines', document),
    // The gate lets such a file through only if the user has allowed it.
    ...(isSecretFile(document.uri.toString()) ? { allowSecretFile: true } : {}),
    ...(earlierText === undefined ? {} : { earlierText }),
  };
}
