import { basename } from 'node:path';
import type { ModelRole } from '../../protocol/errors.js';
import type { InstalledModel, ModelStore } from './modelStore.js';

/** Provisional: a model named by its path, or by YOUTU_MODEL. */
export class PathStore implements ModelStore {
  find(name: string): Promise<InstalledModel> {
    return Promise.resolve({ id: basename(name, '.gguf'), path: name });
  }

  best(_role: ModelRole): Promise<InstalledModel | undefined> {
    const path = process.env['YOUTU_MODEL'];
    return Promise.resolve(path === undefined ? undefined : { id: basename(path, '.gguf'), path });
  }
}
