import type { EngineErrorData } from '../../protocol/errors.js';
import { fileState } from '../catalogue/modelFile.js';

/** Model files that `auto` passes over because llama.cpp couldn't load them, until they become other files. */
export class RejectedModels {
  private readonly byPath = new Map<string, { readonly state: string; readonly problem: EngineErrorData }>();

  /** @param state of the file that failed, which may be another one by now */
  add(path: string, state: string, problem: EngineErrorData): void {
    this.byPath.set(path, { state, problem });
  }

  /** Why the file is passed over; `undefined` when it isn't. */
  async problemOf(path: string): Promise<EngineErrorData | undefined> {
    const kept = this.byPath.get(path);
    if (kept === undefined || kept.state === (await fileState(path))) return kept?.problem;
    this.byPath.delete(path);
    return undefined;
  }

  /** A failed load is tried again: memory may be free by then, or a driver there. */
  clear(): void {
    this.byPath.clear();
  }
}
