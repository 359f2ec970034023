/** Which of the editor's quick fixes the engine may try: those that are nothing but changes of this document. */
import type * as vscode from 'vscode';
import type { QuickFix } from '../../protocol/edit.js';

/** What counts of the actions that VS Code answers: code actions, or bare commands. */
export type OfferedAction = Pick<vscode.CodeAction, 'title' | 'edit' | 'isPreferred' | 'disabled'> & {
  readonly command?: vscode.Command | string;
};

/** More are seldom about the problem itself. */
const MAX_QUICK_FIXES = 8;
/** A quick fix that rewrites more than this is no fix of one problem. */
const MAX_EDITS = 50;
const MAX_LENGTH = 20_000;

/** @param uri the document's, as text */
export function chooseQuickFixes(actions: readonly OfferedAction[], uri: string): readonly QuickFix[] {
  return actions
    .filter(({ command, disabled }) => disabled === undefined && hasNoEffect(command))
    .flatMap(({ title, edit, isPreferred }) => {
      const edits = edit && editsOf(edit, uri);
      return edits === undefined ? [] : [{ title, isPreferred: isPreferred ?? false, edits }];
    })
    .slice(0, MAX_QUICK_FIXES);
}

function editsOf(edit: vscode.WorkspaceEdit, uri: string): QuickFix['edits'] | undefined {
  const entries = edit.entries().filter(([, edits]) => edits.length > 0);
  const [first, second] = entries;
  if (first === undefined || second !== undefined || first[0].toString() !== uri) return undefined;
  const edits = first[1].map(({ range: { start, end }, newText }) => ({
    range: {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    },
    newText,
  }));
  const length = edits.reduce((sum, { newText }) => sum + newText.length, 0);
  return edits.length > MAX_EDITS || length > MAX_LENGTH ? undefined : edits;
}

/**
 * A command that follows the edit may change other files. VS Code's TypeScript attaches one to each of its quick fixes;
 * it only reports the use, unless the fix has commands of its own.
 */
function hasNoEffect(command: OfferedAction['command']): boolean {
  if (command === undefined) return true;
  if (typeof command === 'string' || command.command !== '_typescript.applyCodeActionCommand') return false;
  const [argument] = (command.arguments ?? []) as readonly unknown[];
  const { action } = (argument ?? {}) as { readonly action?: { readonly commands?: readonly unknown[] } };
  return action !== undefined && (action.commands ?? []).length === 0;
}
