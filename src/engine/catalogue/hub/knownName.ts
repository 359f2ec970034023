import type { Catalogue, CatalogueModel } from '../catalogue.js';
import { quantOf } from './hubFiles.js';
import { parseHubName } from './hubName.js';

/**
 * The catalogue's model that a name means: its id, or the hub's name of its very file. The catalogue has its hash and
 * more sources for it, and it needn't be there twice.
 */
export function catalogueModelOf({ models }: Catalogue, text: string): CatalogueModel | undefined {
  const byId = models.find(({ id }) => id === text);
  const name = byId === undefined ? parseHubName(text) : undefined;
  if (name?.hub !== 'hf' || name.revision !== undefined) return byId;
  return models.find(({ sources: { hub } }) => {
    if (hub?.repository.toLowerCase() !== name.repository.toLowerCase()) return false;
    if (name.file !== undefined) return name.file === hub.file;
    return name.quant !== undefined && name.quant.toUpperCase() === quantOf(hub.file);
  });
}
