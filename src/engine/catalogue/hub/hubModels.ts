import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, EngineErrorCode } from '../../../protocol/errors.js';
import type { DownloadProgress, ModelResolveResult } from '../../../protocol/model.js';
import { Downloader, type DownloadOptions, type DownloadResult } from '../downloader.js';
import type { DownloadSource } from '../download/downloadSource.js';
import { HttpSource } from '../download/httpSource.js';
import { checkModelFile, modelPaths } from '../modelFile.js';
import { freeBytesIn, noDiskSpace } from '../modelsFolder.js';
import { knownSha256 } from '../verifiedFile.js';
import { accessFailure, clientFor, fileUrl, type ClientFor } from './hubClient.js';
import { endpointsOf, type HubEndpoint } from './hubEndpoints.js';
import type { HubKind, HubName } from './hubName.js';
import { modelsOf, readRecords, recordPathOf, writeRecord, type HubRecord } from './hubRecord.js';
import { matching } from './pinnedModels.js';
import { HubResolver, nameOf } from './hubResolver.js';

export interface HubModelsOptions {
  readonly folder: () => string;
  /** As in the setting `youtu.model.sources`. */
  readonly sources: () => readonly string[];
  readonly endpoints?: (hub: HubKind) => readonly HubEndpoint[];
  readonly clientFor?: ClientFor;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface HubDownloadOptions extends DownloadOptions {
  readonly token?: string | undefined;
  /** Called with what will be fetched, before the first byte. @returns whether its licence is accepted */
  readonly onResolved?: (record: HubRecord) => Promise<boolean> | boolean;
  /** Whether the hub is asked for what is newest though the model is here. */
  readonly isUpdate?: boolean;
}

/** Models that are named by a hub's repository: what there is, and getting it into the folder. */
export class HubModels {
  private readonly resolver: HubResolver;

  constructor(private readonly options: HubModelsOptions) {
    this.resolver = new HubResolver((hub) => this.endpoints(hub), options.clientFor);
  }

  /** What a repository has. @throws EngineError, or the signal's reason */
  async resolve(text: string, token: string | undefined, signal: AbortSignal): Promise<ModelResolveResult> {
    return this.resolver.resolve(nameOf(text), token, await this.installedIds(), signal);
  }

  /**
   * Gets a model, all its files. One that is here is what it was pinned to: the hub is asked only for an update.
   * @throws EngineError, or the signal's reason
   */
  async download(text: string, options: HubDownloadOptions): Promise<DownloadResult> {
    const name = nameOf(text);
    const folder = this.options.folder();
    const pinned = await this.pinned(name);
    if (pinned !== undefined && options.isUpdate !== true && (await isWhole(folder, pinned, options.signal)))
      return { ...(await resultOf(folder, pinned)), source: 'installed' };
    const isBegun = pinned !== undefined && options.isUpdate !== true && (await hasBytes(folder, pinned));
    const record = isBegun ? pinned : await this.resolver.choose(name, options.token, options.signal);
    await this.checkLicence(record, options);
    await this.checkSpace(folder, record, options.signal);
    try {
      return await this.fetchAll(folder, record, name.hub, options);
    } catch (error) {
      if (!(await hasBytes(folder, record))) await rm(recordPathOf(folder, record), { force: true });
      throw error;
    }
  }

  /** Whether the hub has another file than the one that is here. @throws EngineError, or the signal's reason */
  async newer(
    record: HubRecord,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<HubRecord | undefined> {
    const found = await this.resolver.choose(nameOf(record.name), token, signal);
    const hashes = ({ files }: HubRecord): string =>
      files.map(({ sha256, sizeBytes }) => sha256 ?? sizeBytes).join();
    return hashes(found) === hashes(record) ? undefined : found;
  }

  /** The model of the folder that a name means. */
  async pinned(name: HubName): Promise<HubRecord | undefined> {
    const [found, ...others] = matching(await readRecords(this.options.folder()), name);
    return others.length === 0 ? found : undefined;
  }

  private endpoints(hub: HubKind): readonly HubEndpoint[] {
    return this.options.endpoints?.(hub) ?? endpointsOf(hub, this.options.sources());
  }

  private async checkLicence(record: HubRecord, options: HubDownloadOptions): Promise<void> {
    const isAccepted = (await options.onResolved?.(record)) ?? options.licenceAccepted;
    const { licence, name } = record;
    if (!licence.mustAccept || isAccepted) return;
    throw failure({ kind: 'licenceNotAccepted', id: name, licence: licence.name, licenceUrl: licence.url });
  }

  /** All files must fit before the first of them is begun. */
  private async checkSpace(folder: string, record: HubRecord, signal: AbortSignal): Promise<void> {
    let missing = 0;
    for (const model of modelsOf(record)) {
      if ((await checkModelFile(folder, model, signal)) === undefined) continue;
      const { partial } = modelPaths(folder, model);
      missing += Math.max(0, model.sizeBytes - (await sizeOf(partial)));
    }
    const free = await (this.options.freeBytes ?? freeBytesIn)(folder);
    if (missing > free) throw noDiskSpace(folder, missing, free);
  }

  private async fetchAll(
    folder: string,
    record: HubRecord,
    hub: HubKind,
    options: HubDownloadOptions,
  ): Promise<DownloadResult> {
    const models = modelsOf(record);
    const totalBytes = models.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let doneBytes = 0;
    let source = 'installed';
    for (const [index, model] of models.entries()) {
      const before = doneBytes;
      const sources = this.sourcesOf(record, index, hub, options.token);
      const { freeBytes } = this.options;
      const downloader = new Downloader({
        folder: () => folder,
        sources: () => sources,
        onLocked: () => writeRecord(folder, record),
        ...(freeBytes === undefined ? {} : { freeBytes }),
      });
      const onProgress = (progress: DownloadProgress): void =>
        options.onProgress({ ...progress, doneBytes: before + progress.doneBytes, totalBytes });
      const accepted = { ...options, licenceAccepted: true, onProgress };
      const result = await downloader.download(model, accepted).catch((error: unknown) => {
        throw explained(error, record, options.token);
      });
      doneBytes += model.sizeBytes;
      if (result.source !== 'installed') source = result.source;
    }
    await writeRecord(folder, await withHashes(folder, record));
    return { ...(await resultOf(folder, record)), source };
  }

  private sourcesOf(
    record: HubRecord,
    index: number,
    hub: HubKind,
    token: string | undefined,
  ): readonly DownloadSource[] {
    const place = nameOf(record.name);
    const file = record.files[index];
    return this.endpoints(hub).map((endpoint) => {
      const url = fileUrl(endpoint, place, file?.revision ?? record.revision, file?.path ?? '');
      const client = (this.options.clientFor ?? clientFor)(endpoint, endpoint.isHub ? token : undefined);
      return new HttpSource(endpoint.name, () => url, client);
    });
  }

  private async installedIds(): Promise<ReadonlySet<string>> {
    const folder = this.options.folder();
    const ids = new Set<string>();
    for (const record of await readRecords(folder)) if (await isWhole(folder, record)) ids.add(record.name);
    return ids;
  }
}

/** A file of which the hub says no hash is pinned to what was received. */
async function withHashes(folder: string, record: HubRecord): Promise<HubRecord> {
  const files = await Promise.all(
    record.files.map(async (file) => ({
      ...file,
      sha256: file.sha256 ?? (await knownSha256(join(folder, file.fileName))),
    })),
  );
  return { ...record, files };
}

/** Whether all files of a model are there and right. */
export async function isWhole(folder: string, record: HubRecord, signal?: AbortSignal): Promise<boolean> {
  for (const model of modelsOf(record))
    if ((await checkModelFile(folder, model, signal)) !== undefined) return false;
  return true;
}

/** A hub's file that is refused: what is missing is a right, and the sentence says where to get it. */
function explained(error: unknown, record: HubRecord, token: string | undefined): unknown {
  if (!(error instanceof EngineError) || error.data.kind !== 'downloadFailed') return error;
  const isRefused = error.data.attempts.some(
    ({ source, reason }) => reason === 'forbidden' && source !== 'hf-mirror' && !source.startsWith('http'),
  );
  return isRefused ? accessFailure(nameOf(record.name), token !== undefined) : error;
}

async function resultOf(folder: string, record: HubRecord): Promise<{ path: string; sizeBytes: number }> {
  const files = modelsOf(record).map((model) => modelPaths(folder, model).file);
  const sizes = await Promise.all(files.map(sizeOf));
  return { path: files[0] ?? '', sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function hasBytes(folder: string, record: HubRecord): Promise<boolean> {
  for (const model of modelsOf(record)) {
    const { file, partial } = modelPaths(folder, model);
    if ((await sizeOf(file)) + (await sizeOf(partial)) > 0) return true;
  }
  return false;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function failure(data: ConstructorParameters<typeof EngineError>[1]): EngineError {
  return new EngineError(EngineErrorCode.downloadFailed, data);
}
