import { join } from 'node:path';
import { CATALOGUE } from '../../src/engine/catalogue/catalogue.js';
import { modelsFolder } from '../../src/engine/catalogue/modelsFolder.js';

/** File of a catalogue's model on this machine, or the path that was given. */
export function modelPath(model: string): string {
  const known = CATALOGUE.models.find(({ id }) => id === model);
  return known === undefined ? model : join(modelsFolder(), known.fileName);
}
