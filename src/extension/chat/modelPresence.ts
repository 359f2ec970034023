import * as vscode from 'vscode';
import { ModelListRequest } from '../../protocol/model.js';
import type { Engine } from '../engine/engine.js';
import { readSetting } from '../settings.js';

/**
 * Whether there is a model that could chat: `true` also for a file that the user has named, whatever it holds. Starts
 * the engine, which alone knows; no model is loaded.
 */
export async function isModelPresent(engine: Engine): Promise<boolean> {
  if (process.env['YOUTU_MODEL'] !== undefined || readSetting('model.chat') !== 'auto') return true;
  const source = new vscode.CancellationTokenSource();
  try {
    const models = await engine.query(ModelListRequest, source.token);
    return models.some(({ isInstalled }) => isInstalled);
  } finally {
    source.dispose();
  }
}
