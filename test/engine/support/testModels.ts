import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { CATALOGUE } from '../../../src/engine/catalogue/catalogue.js';
import { modelsFolder } from '../../../src/engine/catalogue/modelsFolder.js';

/** Path of a catalogue model on this machine, which `npm test` has downloaded. */
export async function testModel(id: string): Promise<string> {
  const model = CATALOGUE.models.find((candidate) => candidate.id === id);
  if (model === undefined) throw new Error(`${id} is not in the catalogue`);
  const path = join(modelsFolder(), model.fileName);
  await access(path).catch(() => {
    throw new Error(`${id} is not installed: node dist/cli/main.mjs model get ${id}`);
  });
  return path;
}
