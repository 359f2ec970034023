import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPreview } from './edits.js';
import { until } from './until.js';
import { settled } from './workbench.js';

/** TypeScript that the scripted model changes in two places when it is asked to make it rounded. */
export const AREA = `export function area(width: number, height: number): number {
  const side = width;
  const full = side * height;
  return full;
}
`;
export const POSITIVE = AREA.replace('= width;', '= Math.abs(width);');
export const ROUNDED = POSITIVE.replace('return full;', 'return Math.round(full);');

/** Runs the command as a key binding with arguments does. @param line where the cursor is put first */
export async function edit(instruction: string, line?: number): Promise<void> {
  if (line !== undefined) await select(new vscode.Selection(line, 4, line, 4));
  await vscode.commands.executeCommand('youtu.edit', { instruction });
}

export async function select(selection: vscode.Selection): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  editor.selection = selection;
  await settled();
  assert.deepEqual(editor.selection, selection);
}

/** Waits for the preview with the new version. */
export async function preview(isWanted: (text: string) => boolean): Promise<vscode.TextDocument> {
  const uri = await until('the preview is open', openPreview);
  const shown = await vscode.workspace.openTextDocument(uri);
  await until('the preview has the new version', () => isWanted(shown.getText())).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${shown.getText()}`);
  });
  return shown;
}

export function cursorLine(document: vscode.TextDocument): number | undefined {
  const active = vscode.window.activeTextEditor;
  return active?.document === document ? active.selection.active.line : undefined;
}

/** Discards the edit that is reviewed, and closes everything. */
export async function closeEdits(): Promise<void> {
  await vscode.commands.executeCommand('youtu.edit.reject');
  await vscode.commands.executeCommand('notifications.clearAll');
  while (vscode.window.activeTextEditor !== undefined)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
