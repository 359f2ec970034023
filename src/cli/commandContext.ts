import { CATALOGUE, type Catalogue } from '../engine/catalogue/catalogue.js';
import { Downloader } from '../engine/catalogue/downloader.js';
import { sourcesFor } from '../engine/catalogue/download/sources.js';
import { HubModels } from '../engine/catalogue/hub/hubModels.js';
import { InstalledModels } from '../engine/catalogue/installedModels.js';
import { modelsFolder } from '../engine/catalogue/modelsFolder.js';
import type { Terminal } from './terminal/terminal.js';

/** What all commands work with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  readonly catalogue: Catalogue;
  readonly folder: string;
  readonly installed: InstalledModels;
  /** @param sources as in the setting `youtu.model.sources` */
  readonly downloader: (sources: readonly string[]) => Downloader;
  /** @param sources as in the setting `youtu.model.sources` */
  readonly hub: (sources: readonly string[]) => HubModels;
}

export function createContext(
  terminal: Terminal,
  signal: AbortSignal,
  folder: string = modelsFolder(),
  catalogue: Catalogue = CATALOGUE,
): CommandContext {
  return {
    terminal,
    signal,
    catalogue,
    folder,
    installed: new InstalledModels(catalogue, () => folder),
    downloader: (sources) => new Downloader({ folder: () => folder, sources: () => sourcesFor(sources) }),
    hub: (sources) => new HubModels({ folder: () => folder, sources: () => sources }),
  };
}
