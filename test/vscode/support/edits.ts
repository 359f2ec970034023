import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until.js';

/** TypeScript with the typo `prise`, which the type checker reports and the test models fix. */
export const BROKEN = `export function total(prices: number[]): number {
  let sum = 0;
  for (const price of prices) {
    sum += prise;
  }
  return sum;
}
`;

/** The fix that the light bulb offers for the typo. */
export async function fixAction(document: vscode.TextDocument): Promise<vscode.CodeAction> {
  return until('the light bulb offers a fix', async () => {
    // VS Code cancels the request when diagnostics of a language server arrive meanwhile.
    const actions = await Promise.resolve(
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(3, 11, 3, 16),
      ),
    ).catch(() => []);
    return actions.find(({ command, title }) => {
      const [target] = (command?.arguments ?? []) as { readonly diagnostics?: readonly unknown[] }[];
      return title === 'Fix with Youtu Code' && target?.diagnostics?.length === 1;
    });
  });
}

/** Runs the command of a code action. */
export async function runAction({ command }: vscode.CodeAction): Promise<void> {
  assert.ok(command);
  await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

/** The text that the open preview of an edit proposes. */
export function openPreview(): vscode.Uri | undefined {
  for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    if (input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'youtu-preview')
      return input.modified;
  }
  return undefined;
}

/** Undoes one step of the document, even if a closing preview or a list of notifications has the focus at first. */
export async function undoOnce(document: vscode.TextDocument): Promise<void> {
  const { version } = document;
  await until('a step is undone', async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    if (document.version === version) await vscode.commands.executeCommand('undo');
    return document.version !== version;
  });
}
