import * as vscode from 'vscode';
import { NamesRequest, type NamesResult } from '../../protocol/rename.js';
import { isImpossible } from '../edit/editOffer.js';
import { withEditProgress } from '../edit/editProgress.js';
import { isReadOnly } from '../edit/editTarget.js';
import { isSynced } from '../engine/documentSync.js';
import type { EngineClient } from '../engine/engineClient.js';
import { fromProtocolRange, toProtocolRange } from '../engine/protocolConversions.js';
import { explain } from '../failureText.js';

/** `youtu.rename`: names by the model, one of which the user picks; the language's own rename provider does the work. */
export async function renameSymbol(engine: EngineClient): Promise<void> {
  const sentence = await renamed(engine);
  if (sentence !== undefined) void vscode.window.showInformationMessage(sentence);
}

/** @returns why nothing was renamed, unless the user has chosen so */
async function renamed(engine: EngineClient): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const word = editor?.document.getWordRangeAtPosition(editor.selection.active);
  if (editor === undefined || word === undefined) return vscode.l10n.t('First put the cursor on a name.');
  const { document } = editor;
  if (await isReadOnly(document))
    return vscode.l10n.t('The document can’t be changed because it is read-only.');
  if (!isSynced(document))
    return vscode.l10n.t(
      'Youtu Code can’t work on this document: it is too large, or its kind isn’t supported.',
    );
  const oldName = document.getText(word);
  // Asked before the model is: VS Code has no other way to tell whether something can be renamed.
  if ((await renameEdit(document, word.start, `${oldName}_renamed`)) === undefined)
    return vscode.l10n.t('No installed language extension can rename “{0}” here.', oldName);
  const { version } = document;
  const found = await namesFor(engine, document, word.start);
  if (typeof found === 'string') return found;
  const title = vscode.l10n.t('Rename “{0}”', found.oldName);
  const placeHolder = vscode.l10n.t('Choose the new name');
  const name = await vscode.window.showQuickPick(found.names, { title, placeHolder });
  if (name === undefined) return undefined;
  if (document.version !== version)
    return vscode.l10n.t('The text changed in the meantime, so nothing was renamed. Try again.');
  const edit = await renameEdit(document, fromProtocolRange(found.range).start, name);
  const isDone = edit !== undefined && (await vscode.workspace.applyEdit(edit, { isRefactoring: true }));
  if (isDone) return undefined;
  return vscode.l10n.t('“{0}” couldn’t be renamed to “{1}”. Try another name.', found.oldName, name);
}

/** @returns the sentence when there are none */
async function namesFor(
  engine: EngineClient,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<NamesResult | string> {
  const source = new vscode.CancellationTokenSource();
  try {
    return await withEditProgress(
      vscode.l10n.t('Rename'),
      () => source.cancel(),
      (say) => {
        say(vscode.l10n.t('Looking for names'));
        const { start } = toProtocolRange(new vscode.Range(position, position));
        const textDocument = { uri: document.uri.toString(), version: document.version };
        return engine.request(NamesRequest, { textDocument, position: start }, source.token);
      },
    );
  } catch (error) {
    if (!isImpossible(error)) throw error;
    return explain(error).message;
  } finally {
    source.dispose();
  }
}

/** @returns `undefined` when there is no provider, or it refuses */
async function renameEdit(
  { uri }: vscode.TextDocument,
  position: vscode.Position,
  name: string,
): Promise<vscode.WorkspaceEdit | undefined> {
  try {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
      'vscode.executeDocumentRenameProvider',
      uri,
      position,
      name,
    );
    return edit === undefined || edit.size === 0 ? undefined : edit;
  } catch {
    // The provider's refusal, in its own words: "You cannot rename this element."
    return undefined;
  }
}
