import * as vscode from 'vscode';
import type { QuickFix } from '../../protocol/edit.js';
import { inTime } from './inTime.js';
import { chooseQuickFixes, type OfferedAction } from './quickFixChoice.js';

/** A slow language server must not delay the fix. */
const MAX_WAIT_MS = 1000;
/** Each needs another request of the language server. */
const MAX_RESOLVED = 10;

/** What the language's own extension would do about the problems of a range. */
export async function quickFixesFor(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
): Promise<readonly QuickFix[]> {
  const actions = await inTime(
    vscode.commands.executeCommand<OfferedAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
      MAX_RESOLVED,
    ),
    MAX_WAIT_MS,
  );
  return chooseQuickFixes(actions ?? [], uri.toString());
}
