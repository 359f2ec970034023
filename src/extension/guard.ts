import * as vscode from 'vscode';
import { COMMAND_IDS, type CommandHandlers, type CommandId } from './commands.js';
import { EngineFailure } from './engine/engineClient.js';
import { explain, type FailureAction } from './failureText.js';

/**
 * The one place where errors become sentences: every command and message handler runs inside it. A cancellation is no
 * error.
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

/** Registers all commands, each inside of {@link guard}. */
export function registerCommands(log: vscode.LogOutputChannel, handlers: CommandHandlers): vscode.Disposable {
  return vscode.Disposable.from(
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(id, (argument: unknown) => guard(log, () => handlers[id](argument))),
    ),
  );
}

/** Runs one of the extension's own commands. */
export async function runOwnCommand(id: CommandId, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}

/** Runs the action with this title; nothing for a message that was closed without a choice. */
export async function runAction(actions: readonly FailureAction[], title: string | undefined): Promise<void> {
  const action = actions.find((each) => each.title === title);
  if (action !== undefined) await vscode.commands.executeCommand(action.command, ...action.arguments);
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
  await runAction(
    actions,
    await vscode.window.showErrorMessage(message, ...actions.map(({ title }) => title)),
  );
}
