import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, type EngineErrorData, type ModelRole } from '../../protocol/errors.js';
import { checkGguf } from '../model/gguf/ggufCheck.js';
import { partPaths } from '../model/gguf/modelParts.js';
import { unreadableModel } from '../model/loadFailure.js';
import type { CatalogueModel } from './catalogue.js';
import { knownSha256 } from './verifiedFile.js';

/** The paths that belong to one model in the folder. */
export function modelPaths(folder: string, { fileName }: CatalogueModel) {
  const file = join(folder, fileName);
  return {
    file,
    partial: `${file}.partial`,
    /** What a hub said of the partial file, for a model whose hash the catalogue doesn't know. */
    partialFacts: `${file}.partial.json`,
    lock: `${file}.lock`,
    workFolder: `${file}.wheels`,
  };
}

/**
 * Whether the file of a catalogue's model is there and whole.
 * @returns `undefined` when it is sound, `'missing'`, or what is wrong with it
 */
export async function checkModelFile(
  folder: string,
  model: CatalogueModel,
  signal?: AbortSignal,
): Promise<undefined | 'missing' | EngineErrorData> {
  const path = join(folder, model.fileName);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'missing';
  if (!found.isFile()) return { kind: 'modelUnreadable', path, code: 'EISDIR' };
  try {
    const difference = await differenceFrom(model, path, found.size, signal);
    return difference === undefined ? undefined : ((await foreignFile(path)) ?? difference);
  } catch (error) {
    signal?.throwIfAborted();
    const problem = unreadableModel(path, error);
    if (problem instanceof EngineError) return problem.data;
    throw problem;
  }
}

async function differenceFrom(
  { sizeBytes, sha256 }: CatalogueModel,
  path: string,
  size: number,
  signal?: AbortSignal,
): Promise<EngineErrorData | undefined> {
  if (sizeBytes > 0 && size < sizeBytes)
    return { kind: 'truncated', path, expectedBytes: sizeBytes, actualBytes: size };
  if (sizeBytes > 0 && size > sizeBytes)
    return { kind: 'damaged', path, detail: `${size} bytes instead of ${sizeBytes}` };
  if (sha256 === undefined) await checkGguf(path);
  else if ((await knownSha256(path, signal)) !== sha256)
    return { kind: 'damaged', path, detail: 'SHA-256 differs' };
  return undefined;
}

/** What a file is that lies in the model's place: a web page, a pointer of Git LFS and the like. */
async function foreignFile(path: string): Promise<EngineErrorData | undefined> {
  try {
    await checkGguf(path);
    return undefined;
  } catch (error) {
    const data = error instanceof EngineError ? error.data : undefined;
    return data?.kind === 'notGguf' && data.found !== undefined ? data : undefined;
  }
}

/** Changes when a model's file, or one of its parts, becomes another one; empty parts stand for missing files. */
export async function fileState(path: string): Promise<string> {
  const states = partPaths(path).map((part) =>
    stat(part).then(
      ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
      () => '',
    ),
  );
  return (await Promise.all(states)).join(', ');
}

export interface InstalledModel {
  /** Catalogue id, or the file's name without `.gguf`. */
  readonly id: string;
  readonly path: string;
}

export interface BestModel extends InstalledModel {
  /** Why better ones aren't taken. */
  readonly skipped: readonly EngineErrorData[];
  /** Id of the one that was the best the last time, where it is another. */
  readonly before?: string;
}

export interface Rejected {
  problemOf(path: string): Promise<EngineErrorData | undefined>;
}

/** Where models are found on this machine. */
export interface ModelStore {
  /**
   * What a setting means.
   * @param name catalogue id or path of a GGUF
   * @throws EngineError `modelNotInstalled`, `unknownModel` or `modelMissing`
   */
  find(name: string): Promise<InstalledModel>;
  /**
   * The best model for a role that can be used; `undefined` when none is there.
   * @param rejected tells which files llama.cpp couldn't load
   * @param order ids of the catalogue's models, the best for this machine first; default: the catalogue's
   * @throws EngineError about the best one, when models are there but none can be used
   */
  best(role: ModelRole, rejected?: Rejected, order?: readonly string[]): Promise<BestModel | undefined>;
}
