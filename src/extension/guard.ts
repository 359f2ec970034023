import * as vscode from 'vscode';
import { EngineFailure } from './engine/engine.js';
import { explain } from './failureText.js';

/**
 * The one border at which errors become sentences: every command and message handler runs inside it. A
 * cancellation is no error.
 */
export async function guard<T>(
  log: vscode.LogOutputChannel,
  work: () => T | PromiseLike<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    await showFailure(log, error);
    return undefined;
  }
}

export async function showFailure(log: vscode.LogOutputChannel, error: unknown): Promise<void> {
  log.error(
    error instanceof EngineFailure
      ? JSON.stringify(error.data)
      : error instanceof Error
        ? error
        : String(error),
  );
  const { message, actions } = explain(error);
  const choice = await vscode.window.showErrorMessage(message, ...actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === choice);
  if (action !== undefined) await vscode.commands.executeCommand(action.command, ...action.arguments);
}
