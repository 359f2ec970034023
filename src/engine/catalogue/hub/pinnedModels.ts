import { rm, stat } from 'node:fs/promises';
import { EngineError, EngineErrorCode, type EngineErrorData } from '../../../protocol/errors.js';
import type { ModelEntry } from '../../../protocol/model.js';
import { unusableModel } from '../../model/loadFailure.js';
import { DownloadLock } from '../download/downloadLock.js';
import { checkModelFile, modelPaths, type InstalledModel } from '../modelFile.js';
import { folderError } from '../modelsFolder.js';
import { recordPath } from '../verifiedFile.js';
import { formatHubName, isHubName, parseHubName, type HubName } from './hubName.js';
import { isAskedFor, modelsOf, originOf, readRecords, recordPathOf, type HubRecord } from './hubRecord.js';

/** The models of a folder that came from a hub by their name. */
export class PinnedModels {
  constructor(private readonly folder: () => string) {}

  /**
   * What a hub's name means on this machine; nothing is asked of a hub.
   * @returns `undefined` for a name that isn't meant for a hub
   * @throws EngineError `badHubName`, `modelNotInstalled`, `hubAmbiguous`, or what is wrong with the file
   */
  async find(text: string): Promise<InstalledModel | undefined> {
    if (!isHubName(text)) return undefined;
    const name = parseHubName(text);
    if (name === undefined) throw unusableModel({ kind: 'badHubName', name: text });
    const found = matching(await readRecords(this.folder()), name);
    const [record, ...others] = found;
    if (record === undefined) throw unusableModel({ kind: 'modelNotInstalled', id: formatHubName(name) });
    if (others.length > 0) {
      const choices = found.map((other) => other.name);
      throw unusableModel({ kind: 'hubAmbiguous', name: formatHubName(name), choices });
    }
    const problem = await this.problemOf(record);
    if (problem === 'missing') throw unusableModel({ kind: 'modelNotInstalled', id: record.name });
    if (problem !== undefined) throw unusableModel(problem);
    return this.installed(record);
  }

  /** Those whose files are all there and right. */
  async whole(): Promise<readonly InstalledModel[]> {
    const models: InstalledModel[] = [];
    for (const record of await readRecords(this.folder()))
      if ((await this.problemOf(record)) === undefined) models.push(this.installed(record));
    return models;
  }

  /** Names of the files that belong to them. */
  async fileNames(): Promise<ReadonlySet<string>> {
    const records = await readRecords(this.folder());
    return new Set(records.flatMap(({ files }) => files.map(({ fileName }) => fileName)));
  }

  async entries(): Promise<readonly ModelEntry[]> {
    return Promise.all((await readRecords(this.folder())).map((record) => this.entry(record)));
  }

  /**
   * Deletes a model with all its files, or what is there of them.
   * @returns whether the name is of such a model
   * @throws EngineError `hubAmbiguous`, `downloadRunning` or `folderNotWritable`
   */
  async remove(text: string): Promise<boolean> {
    const name = parseHubName(text);
    if (name === undefined) return false;
    const [record, ...others] = matching(await readRecords(this.folder()), name);
    if (record === undefined) return false;
    if (others.length > 0) {
      const choices = [record, ...others].map((other) => other.name);
      throw unusableModel({ kind: 'hubAmbiguous', name: text, choices });
    }
    const folder = this.folder();
    for (const model of modelsOf(record)) await removeLocked(folder, model);
    await rm(recordPathOf(folder, record), { force: true }).catch((error: unknown) => {
      throw folderError(folder, error);
    });
    return true;
  }

  private async problemOf(record: HubRecord): Promise<undefined | 'missing' | EngineErrorData> {
    for (const model of modelsOf(record)) {
      const problem = await checkModelFile(this.folder(), model);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  private installed(record: HubRecord): InstalledModel {
    const [first] = modelsOf(record);
    return { id: record.name, path: first === undefined ? '' : modelPaths(this.folder(), first).file };
  }

  private async entry(record: HubRecord): Promise<ModelEntry> {
    const isInstalled = (await this.problemOf(record)) === undefined;
    const partials = modelsOf(record).map((model) => modelPaths(this.folder(), model));
    const sizes = await Promise.all(
      partials.flatMap(({ file, partial }) => [file, partial]).map((path) => sizeOf(path)),
    );
    const { path } = this.installed(record);
    return {
      id: record.name,
      name: record.name,
      roles: ['completion', 'chat'],
      sizeBytes: record.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      memoryBytes: 0,
      hasKnownHash: record.files.every(({ sha256 }) => sha256 !== undefined),
      licence: record.licence,
      isStarter: false,
      source: originOf(record),
      partialBytes: isInstalled ? 0 : sizes.reduce((sum, size) => sum + size, 0),
      isInstalled,
      ...(isInstalled ? { path } : {}),
    };
  }
}

/** The records that a name means: the one of that very id, else all that fit. */
export function matching(records: readonly HubRecord[], name: HubName): readonly HubRecord[] {
  const fitting = records.filter((record) => isAskedFor(record, name));
  const exact = fitting.filter((record) => record.name === formatHubName(name));
  return exact.length > 0 ? exact : fitting;
}

async function removeLocked(folder: string, model: ReturnType<typeof modelsOf>[number]): Promise<void> {
  const { file, partial, partialFacts, workFolder, lock: lockPath } = modelPaths(folder, model);
  const lock = await DownloadLock.acquire(lockPath).catch((error: unknown) => {
    throw folderError(folder, error);
  });
  if (lock === undefined)
    throw new EngineError(EngineErrorCode.downloadFailed, { kind: 'downloadRunning', id: model.id });
  try {
    for (const path of [file, partial, partialFacts, recordPath(file)]) await rm(path, { force: true });
    await rm(workFolder, { recursive: true, force: true });
  } catch (error) {
    throw folderError(folder, error);
  } finally {
    await lock.release();
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
