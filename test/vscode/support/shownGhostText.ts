import * as vscode from 'vscode';
import { until } from './until.js';
import { hasPage, readTexts } from './workbench.js';
import { youtu } from './youtu.js';

const GHOST = '.ghost-text-decoration, .ghost-text-decoration-preview, .suggest-preview-text .view-line';

/** All parts of the visible ghost text; empty on the desktop, where no page can be read. */
export async function shownGhostText(): Promise<string> {
  return hasPage ? (await readTexts(GHOST)).join('').replaceAll('\u00a0', ' ') : '';
}

/** Waits for this ghost text; on the desktop, where no page can be read, for the engine's answer. */
export async function ghostTextShows(text: string, limit = 60_000): Promise<void> {
  if (!hasPage) {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    return;
  }
  let shown = '';
  const read = async (): Promise<boolean> => (shown = await shownGhostText()).includes(text);
  await until(`ghost text ${text}`, read, limit).catch(async (error: unknown) => {
    throw new Error(`${String(error)}; there is “${shown}”. ${await ghostTextState()}`);
  });
}

/** The state that affects ghost text, for the log of a failed test. */
async function ghostTextState(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  const { line, character } = editor?.selection.active ?? {};
  return [
    `Cursor: ${line}:${character} in ${JSON.stringify(line === undefined ? '' : editor?.document.lineAt(line).text)}`,
    `Focus: ${(await readTexts('.monaco-editor.focused')).length} editors`,
    `Suggestions: ${JSON.stringify(await readTexts('.suggest-widget.visible .monaco-list-row'))}`,
    `Engine: ${JSON.stringify((await youtu()).state).slice(0, 200)}`,
  ].join('\n');
}
