import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { EngineError, EngineErrorCode, type EngineErrorData, type ModelRole } from '../../protocol/errors.js';
import type { ModelEntry } from '../../protocol/model.js';
import { checkGguf } from '../model/gguf/ggufCheck.js';
import { isLaterPart, partPaths } from '../model/gguf/modelParts.js';
import { unreadableModel, unusableModel } from '../model/loadFailure.js';
import type { Catalogue, CatalogueModel } from './catalogue.js';
import { PinnedModels } from './hub/pinnedModels.js';
import { catalogueModelOf } from './hub/knownName.js';
import { DownloadLock } from './download/downloadLock.js';
import { folderError, expandHome } from './modelsFolder.js';
import {
  checkModelFile,
  fileState,
  modelPaths,
  type BestModel,
  type InstalledModel,
  type ModelStore,
  type Rejected,
} from './modelFile.js';
import { recordPath } from './verifiedFile.js';

const GGUF = /\.gguf$/i;

/** The models in the folder: those of the catalogue, and GGUFs that the user has put there. */
export class InstalledModels implements ModelStore {
  private readonly pinned: PinnedModels;
  private readonly checks = new Map<
    string,
    { readonly state: string; readonly problem: EngineErrorData | undefined }
  >();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly folder: () => string,
  ) {
    this.pinned = new PinnedModels(folder);
  }

  async find(name: string): Promise<InstalledModel> {
    const model = this.model(name);
    if (model !== undefined) return this.fromCatalogue(model);
    const fromHub = await this.pinned.find(name);
    if (fromHub !== undefined) return fromHub;
    const wanted = expandHome(name.trim());
    const isPath = isAbsolute(wanted) || /[/\\]/.test(wanted);
    if (!isPath) {
      const own = (await this.ownFiles()).find((file) => file === wanted || idOf(file) === wanted);
      if (own !== undefined) return { id: idOf(own), path: join(this.folder(), own) };
      if (!GGUF.test(wanted)) throw unusableModel({ kind: 'unknownModel', name });
    }
    return this.fromPath(resolve(wanted));
  }

  async best(
    role: ModelRole,
    rejected?: Rejected,
    order: readonly string[] = this.catalogue.preference[role],
  ): Promise<BestModel | undefined> {
    const skipped: EngineErrorData[] = [];
    for (const id of order) {
      const model = this.model(id);
      if (model === undefined) continue;
      const path = modelPaths(this.folder(), model).file;
      const problem = (await checkModelFile(this.folder(), model)) ?? (await rejected?.problemOf(path));
      if (problem === undefined) return { id, path, skipped };
      if (problem !== 'missing') skipped.push(problem);
    }
    const own = (await this.ownFiles()).map((file) => ({ id: idOf(file), path: join(this.folder(), file) }));
    for (const { id, path } of [...(await this.pinned.whole()), ...own]) {
      const problem = (await this.headerProblem(path)) ?? (await rejected?.problemOf(path));
      if (problem === undefined) return { id, path, skipped };
      skipped.push(problem);
    }
    const [first] = skipped;
    if (first !== undefined) throw unusableModel(first);
    return undefined;
  }

  /** The catalogue's models, those of hubs, and the user's own files, in this order. */
  async list(): Promise<ModelEntry[]> {
    const known = await Promise.all(this.catalogue.models.map((model) => this.entry(model)));
    const own = await Promise.all((await this.ownFiles()).map((file) => this.ownEntry(file)));
    return [...known, ...(await this.pinned.entries()), ...own];
  }

  /**
   * Deletes a model's file with all that belongs to it; of a link, the link.
   * @param id of an entry of the list
   * @throws EngineError `unknownModel`, `modelNotInstalled`, `downloadRunning` or `folderNotWritable`
   */
  async remove(id: string): Promise<void> {
    const folder = this.folder();
    const model = this.model(id);
    if (model === undefined && (await this.pinned.remove(id))) return;
    const ownFile = (await this.ownFiles()).find((file) => file === id || idOf(file) === id);
    if (model === undefined && ownFile === undefined) throw unusableModel({ kind: 'unknownModel', name: id });
    if (model === undefined) return removeAll(folder, partPaths(join(folder, ownFile ?? '')));
    const { file, partial, partialFacts, workFolder, lock: lockPath } = modelPaths(folder, model);
    const isThere = await Promise.all([file, partial].map((path) => stat(path).then(Boolean, () => false)));
    if (!isThere.includes(true)) throw unusableModel({ kind: 'modelNotInstalled', id });
    const lock = await DownloadLock.acquire(lockPath).catch((error: unknown) => {
      throw folderError(folder, error);
    });
    if (lock === undefined)
      throw new EngineError(EngineErrorCode.downloadFailed, { kind: 'downloadRunning', id });
    try {
      await removeAll(folder, [file, partial, partialFacts]);
      await rm(workFolder, { recursive: true, force: true });
    } finally {
      await lock.release();
    }
  }

  private model(id: string): CatalogueModel | undefined {
    return catalogueModelOf(this.catalogue, id);
  }

  private async fromCatalogue(model: CatalogueModel): Promise<InstalledModel> {
    const problem = await checkModelFile(this.folder(), model);
    if (problem === 'missing') throw unusableModel({ kind: 'modelNotInstalled', id: model.id });
    if (problem !== undefined) throw unusableModel(problem);
    return { id: model.id, path: modelPaths(this.folder(), model).file };
  }

  private async fromPath(path: string): Promise<InstalledModel> {
    const found = await stat(path).catch((error: unknown) => {
      throw unreadableModel(path, error);
    });
    if (!found.isFile()) throw unusableModel({ kind: 'modelUnreadable', path, code: 'EISDIR' });
    const isOurs = dirname(path) === resolve(this.folder());
    const known = this.catalogue.models.find(({ fileName }) => isOurs && fileName === basename(path));
    return known === undefined ? { id: idOf(basename(path)), path } : this.fromCatalogue(known);
  }

  private async isSound(model: CatalogueModel): Promise<boolean> {
    return (await checkModelFile(this.folder(), model)) === undefined;
  }

  /** What is wrong with the header of the user's own file; asked before each use, so it is remembered. */
  private async headerProblem(path: string): Promise<EngineErrorData | undefined> {
    const state = await fileState(path);
    const kept = this.checks.get(path);
    if (kept?.state === state) return kept.problem;
    const problem = await checkGguf(path).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof EngineError) return error.data;
        throw error;
      },
    );
    // Permissions change without the file.
    if (problem?.kind !== 'modelUnreadable') this.checks.set(path, { state, problem });
    return problem;
  }

  /** Names of GGUFs in the folder that aren't the catalogue's, sorted. */
  private async ownFiles(): Promise<string[]> {
    const files = await readdir(this.folder(), { withFileTypes: true }).catch(() => []);
    const names = files.filter((file) => file.isFile() || file.isSymbolicLink()).map(({ name }) => name);
    const known = new Set([
      ...this.catalogue.models.map(({ fileName }) => fileName),
      ...(await this.pinned.fileNames()),
    ]);
    // A model in several files is represented by its first one.
    return names.filter((name) => GGUF.test(name) && !known.has(name) && !isLaterPart(name)).sort();
  }

  private async entry(model: CatalogueModel): Promise<ModelEntry> {
    const { file, partial } = modelPaths(this.folder(), model);
    const isInstalled = await this.isSound(model);
    const sizeBytes = isInstalled ? await sizeOf(file) : model.sizeBytes;
    const { id, name, roles, memoryBytes, licence, isStarter } = model;
    const partialBytes = await sizeOf(partial);
    const hasKnownHash = model.sha256 !== undefined;
    const entry = { id, name, roles, sizeBytes, memoryBytes, hasKnownHash, licence, partialBytes, isStarter };
    const found = isInstalled ? { isInstalled, path: file } : { isInstalled };
    return { ...entry, ...factsOf(model), ...found };
  }

  private async ownEntry(file: string): Promise<ModelEntry> {
    const path = join(this.folder(), file);
    const sizes = await Promise.all(partPaths(path).map(sizeOf));
    return {
      id: idOf(file),
      name: idOf(file),
      roles: ['completion', 'chat'],
      sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
      memoryBytes: 0,
      hasKnownHash: false,
      licence: { name: '', url: '', mustAccept: false },
      isInstalled: true,
      partialBytes: 0,
      path,
      isStarter: false,
    };
  }
}

/** What the catalogue says of a model beside what every entry has; nothing where it says nothing. */
function factsOf(model: CatalogueModel): Partial<ModelEntry> {
  const { contextTokens, isMemoryEstimated, purpose, measured } = model;
  return {
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...(isMemoryEstimated === undefined ? {} : { isMemoryEstimated }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(measured === undefined ? {} : { measured }),
  };
}

function idOf(fileName: string): string {
  return fileName.replace(GGUF, '');
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function removeAll(folder: string, paths: readonly string[]): Promise<void> {
  try {
    for (const path of paths) {
      await rm(path, { force: true });
      await rm(recordPath(path), { force: true });
    }
  } catch (error) {
    throw folderError(folder, error);
  }
}
