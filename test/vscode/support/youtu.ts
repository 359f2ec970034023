import * as vscode from 'vscode';
import type { YoutuApi } from '../../../src/extension/extension.js';
import { until } from './until.js';

/** The active extension's API. */
export async function youtu(): Promise<YoutuApi> {
  const extension = vscode.extensions.getExtension<YoutuApi>('youtu-code.youtu-code');
  if (extension === undefined) throw new Error('the extension is not installed');
  return extension.activate();
}

/** Waits until a model is loaded and nothing runs: what comes next is not hurried by the start. */
export async function settled(): Promise<void> {
  const api = await youtu();
  await until(
    'the engine is ready',
    () => api.state.kind === 'running' && api.state.status.kind === 'ready',
    60_000,
  );
}
