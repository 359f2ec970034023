import * as vscode from 'vscode';
import { isSynced } from '../engine/documentSync.js';

/** What an edit or an explanation is about. */
export interface EditTarget {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** Whether the user has selected exactly this. */
  readonly isSelection: boolean;
  readonly diagnostics: readonly vscode.Diagnostic[];
}

/** What a code action gives its command. */
export interface TargetArgument {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly isSelection: boolean;
  readonly diagnostics: readonly vscode.Diagnostic[];
}

export function isTargetArgument(value: unknown): value is TargetArgument {
  const candidate = value as Partial<TargetArgument> | undefined;
  return candidate?.uri instanceof vscode.Uri && candidate.range instanceof vscode.Range;
}

/**
 * The target of a command: what the code action passes, else in the active editor the selection, the diagnostic at the
 * cursor, or the cursor itself.
 */
async function resolveTarget(argument: unknown): Promise<EditTarget | undefined> {
  if (isTargetArgument(argument)) {
    const document = await vscode.workspace.openTextDocument(argument.uri);
    return { ...argument, document };
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  const diagnostics = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => range.intersection(selection) !== undefined);
  if (!selection.isEmpty) return { document, range: selection, isSelection: true, diagnostics };
  const nearest = diagnostics.length > 0 ? diagnostics : diagnosticsOfLine(document, selection.active.line);
  return { document, range: nearest[0]?.range ?? selection, isSelection: false, diagnostics: nearest };
}

function diagnosticsOfLine(document: vscode.TextDocument, line: number): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => range.start.line <= line && range.end.line >= line);
}

/** Whether the document's file is read-only. */
export async function isReadOnly({ uri, isUntitled }: vscode.TextDocument): Promise<boolean> {
  if (isUntitled) return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    // Not on disk, such as a notebook's cell.
    return false;
  }
}

/** The target of a command, if the engine has its document. Otherwise the user is told. */
export async function supportedTarget(argument: unknown): Promise<EditTarget | undefined> {
  const target = await resolveTarget(argument);
  if (target !== undefined && isSynced(target.document)) return target;
  void vscode.window.showInformationMessage(
    target === undefined
      ? vscode.l10n.t('First open a file and put the cursor on the code.')
      : vscode.l10n.t(
          'Youtu Code can’t work on this document: it is too large, or its kind isn’t supported.',
        ),
  );
  return undefined;
}

/** The target of a command that changes its document, if that is possible. Otherwise the user is told. */
export async function writableTarget(argument: unknown): Promise<EditTarget | undefined> {
  const target = await supportedTarget(argument);
  if (target === undefined || !(await isReadOnly(target.document))) return target;
  void vscode.window.showWarningMessage(readOnlySentence());
  return undefined;
}

export function readOnlySentence(): string {
  return vscode.l10n.t('The document can’t be changed because it is read-only.');
}

/** A new file that was made for an edit, and into which nothing was written. Untitled documents of the user have no path. */
export async function closeUnwritten(document: vscode.TextDocument): Promise<void> {
  const { uri, isUntitled, isClosed } = document;
  if (!isUntitled || isClosed || !uri.path.startsWith('/') || document.getText() !== '') return;
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
