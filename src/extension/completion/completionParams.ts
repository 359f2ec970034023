import * as vscode from 'vscode';
import type { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import type { CompletionParams } from '../../protocol/completion.js';
import { isSecretFile } from '../../protocol/secretFiles.js';
import { toProtocolRange } from '../engine/protocolConversions.js';
import { indentUnitOf } from '../indentUnit.js';
import { readSetting } from '../settings.js';

/** LSP's values as literals, because the package that exports them is only loaded with the first request. */
const INVOKED: typeof InlineCompletionTriggerKind.Invoked = 1;
const AUTOMATIC: typeof InlineCompletionTriggerKind.Automatic = 2;

/** The parameters of a completion request. */
export function completionParams(
  document: vscode.TextDocument,
  position: vscode.Position,
  isInvoked: boolean,
  selected: vscode.SelectedCompletionInfo | undefined,
): CompletionParams {
  const earlier = earlierCells(document);
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
    ...(earlier === undefined ? {} : { earlierCells: earlier }),
  };
}

/** As much as fits into a prompt. */
const MAX_CHARACTERS = 8000;

/**
 * The texts of a notebook's code cells above this one, the nearest ones if there are many; `undefined` for the first
 * cell, or a document that isn't one.
 */
export function earlierCells(document: vscode.TextDocument): readonly string[] | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cells = notebook.getCells();
    const at = cells.findIndex((cell) => cell.document === document);
    if (at < 0) continue;
    const texts = cells
      .slice(0, at)
      .filter(({ kind }) => kind === vscode.NotebookCellKind.Code)
      .filter((cell) => cell.document.languageId === document.languageId)
      .map((cell) => cell.document.getText());
    let characters = 0;
    const near = texts.toReversed().filter((text) => (characters += text.length) <= MAX_CHARACTERS);
    return near.length === 0 ? undefined : near.reverse();
  }
  return undefined;
}
