import * as vscode from 'vscode';
import type { YoutuApi } from '../../../src/extension/extension.js';
import { scriptedCoder } from '../../fixtures/gguf/scriptedCoder.js';

/** The active extension's API. */
export async function youtu(): Promise<YoutuApi> {
  const extension = vscode.extensions.getExtension<YoutuApi>('youtu-code.youtu-code');
  if (extension === undefined) throw new Error('the extension is not installed');
  return extension.activate();
}

/** Selects the scripted coder for both roles, on the CPU, by the settings. */
export async function useScriptedCoder(): Promise<void> {
  const model = await scriptedCoder();
  await choose({ 'model.chat': model, 'model.completion': model, 'engine.gpu': 'off' });
}

/** Leaves the choice of the model to the engine. */
export function useNoModel(): Promise<void> {
  return choose({ 'model.chat': undefined, 'model.completion': undefined });
}

async function choose(values: Readonly<Record<string, string | undefined>>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('youtu');
  for (const [name, value] of Object.entries(values))
    await settings.update(name, value, vscode.ConfigurationTarget.Global);
}
