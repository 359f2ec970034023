import { join } from 'node:path';
import { CATALOGUE } from '../../src/engine/catalogue/catalogue.js';
import { modelsFolder } from '../../src/engine/catalogue/modelsFolder.js';

/** Path of a catalogue model's file on this machine; any other name is returned as a path. */
export function modelPath(model: string): string {
  const entry = CATALOGUE.models.find(({ id }) => id === model);
  return entry === undefined ? model : join(modelsFolder(), entry.fileName);
}
