import type { Model } from './model.js';

export interface LoadOptions {
  /** 0…1 */
  readonly onProgress: (progress: number) => void;
}

/** Makes a model of a file. */
export interface ModelLoader {
  /** @throws EngineError with the reason why the file can't be used */
  load(file: { readonly id: string; readonly path: string }, options: LoadOptions): Promise<Model>;
}
