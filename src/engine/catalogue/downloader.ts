import { rename, rm, stat } from 'node:fs/promises';
import { EngineError, EngineErrorCode, type DownloadAttempt } from '../../protocol/errors.js';
import type { DownloadProgress } from '../../protocol/model.js';
import type { CatalogueModel } from './catalogue.js';
import { freeBytesIn, folderError, makeFolder } from './modelsFolder.js';
import { DownloadLock } from './download/downloadLock.js';
import { AttemptFailed, type DownloadSource } from './download/downloadSource.js';
import { FileDownload } from './download/fileDownload.js';
import { checkModelFile, modelPaths } from './modelFile.js';
import { remember } from './verifiedFile.js';

export interface DownloadOptions {
  readonly licenceAccepted: boolean;
  readonly signal: AbortSignal;
  /** Called often; the display throttles. */
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Called when a source didn't deliver, before the next one is tried. */
  readonly onAttemptFailed?: (attempt: DownloadAttempt) => void;
}

export interface DownloadResult {
  readonly path: string;
  readonly sizeBytes: number;
  /** `installed` when it was there already. */
  readonly source: string;
}

export interface DownloaderOptions {
  readonly folder: () => string;
  /** In the order in which they are tried. */
  readonly sources: () => readonly DownloadSource[];
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Called when a download begins, while no other process can fetch the same file. */
  readonly onLocked?: () => Promise<void>;
}

/**
 * Gets models into the folder. A file gets its model's name only once it is complete and its SHA-256 is right;
 * what was received before stays under another name, so that a download can resume.
 */
export class Downloader {
  constructor(private readonly options: DownloaderOptions) {}

  /** @throws EngineError, or the signal's reason within a second of the abort */
  async download(model: CatalogueModel, options: DownloadOptions): Promise<DownloadResult> {
    const folder = this.options.folder();
    const { file, lock: lockPath } = modelPaths(folder, model);
    const { signal } = options;
    signal.throwIfAborted();
    if ((await checkModelFile(folder, model, signal)) === undefined) return resultOf(file, 'installed');
    checkLicence(model, options.licenceAccepted);
    const lock = await takeLock(folder, lockPath);
    if (lock === undefined)
      throw new EngineError(EngineErrorCode.downloadFailed, { kind: 'downloadRunning', id: model.id });
    try {
      await this.options.onLocked?.();
      return await this.downloadLocked(folder, model, options, lock);
    } finally {
      await lock.release();
    }
  }

  private async downloadLocked(
    folder: string,
    model: CatalogueModel,
    options: DownloadOptions,
    lock: DownloadLock,
  ): Promise<DownloadResult> {
    const { signal, onProgress } = options;
    const { file, partial, partialFacts, workFolder } = modelPaths(folder, model);
    const freeBytes = this.options.freeBytes ?? freeBytesIn;
    await rm(workFolder, { recursive: true, force: true }).catch((error: unknown) => {
      throw folderError(folder, error);
    });
    const sources = this.options.sources();
    const download = await FileDownload.open({ folder, model, signal, freeBytes, onProgress, lock, sources });
    try {
      const source = await this.fromFirstThatDelivers(download, sources, model, options);
      await download.close();
      await download.checkLock();
      await rename(partial, file).catch((error: unknown) => {
        throw folderError(folder, error);
      });
      await rm(partialFacts, { force: true });
      await remember(file, download.sha256);
      return await resultOf(file, source.name);
    } finally {
      await download.close();
      if (await lock.isHeld()) await rm(workFolder, { recursive: true, force: true });
    }
  }

  private async fromFirstThatDelivers(
    download: FileDownload,
    sources: readonly DownloadSource[],
    model: CatalogueModel,
    { signal, onAttemptFailed }: DownloadOptions,
  ): Promise<DownloadSource> {
    const attempts: DownloadAttempt[] = [];
    for (const source of sources) {
      const target = source.targetFor(model);
      if (target === undefined) continue;
      try {
        await download.from(source);
        return source;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof AttemptFailed)) throw error;
        const { reason, detail } = error;
        const attempt: DownloadAttempt = { source: source.name, target, reason, detail };
        attempts.push(attempt);
        onAttemptFailed?.(attempt);
      }
    }
    throw new EngineError(EngineErrorCode.downloadFailed, {
      kind: 'downloadFailed',
      id: model.id,
      attempts,
    });
  }
}

function checkLicence({ id, licence }: CatalogueModel, accepted: boolean): void {
  if (!licence.mustAccept || accepted) return;
  throw new EngineError(EngineErrorCode.downloadFailed, {
    kind: 'licenceNotAccepted',
    id,
    licence: licence.name,
    licenceUrl: licence.url,
  });
}

/** Taking the lock also shows whether the folder can be written. */
async function takeLock(folder: string, path: string): Promise<DownloadLock | undefined> {
  try {
    await makeFolder(folder);
    return await DownloadLock.acquire(path);
  } catch (error) {
    throw folderError(folder, error);
  }
}

async function resultOf(path: string, source: string): Promise<DownloadResult> {
  return { path, sizeBytes: (await stat(path)).size, source };
}
