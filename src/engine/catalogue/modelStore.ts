import type { ModelRole } from '../../protocol/errors.js';

export interface InstalledModel {
  /** Catalogue id, or the file's name without `.gguf`. */
  readonly id: string;
  readonly path: string;
}

/** Where models are found on this machine. */
export interface ModelStore {
  /**
   * What a setting means.
   * @param name catalogue id or path of a GGUF
   * @throws EngineError `modelNotInstalled`, `unknownModel` or `modelMissing`
   */
  find(name: string): Promise<InstalledModel>;
  /** The best installed model for a role, or `undefined`. */
  best(role: ModelRole): Promise<InstalledModel | undefined>;
}
