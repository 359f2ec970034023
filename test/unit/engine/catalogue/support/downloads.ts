import type { CatalogueModel } from '../../../../../src/engine/catalogue/catalogue.js';
import type { DownloadSource } from '../../../../../src/engine/catalogue/download/downloadSource.js';
import { HttpClient } from '../../../../../src/engine/catalogue/download/httpClient.js';
import { hubSource } from '../../../../../src/engine/catalogue/download/httpSource.js';
import { Downloader, type DownloadResult } from '../../../../../src/engine/catalogue/downloader.js';
import { EngineError, type EngineErrorData } from '../../../../../src/protocol/errors.js';
import type { DownloadProgress } from '../../../../../src/protocol/model.js';

/** Short enough for tests, long enough for a busy machine to answer on loopback. */
const TIMEOUTS = { connectMs: 5_000, answerMs: 1_500, stallMs: 1_500 };

export function testHub(name: string, url: string): DownloadSource {
  return hubSource(name, url, new HttpClient(TIMEOUTS));
}

export interface TestDownload {
  readonly folder: string;
  readonly sources: readonly DownloadSource[];
  readonly licenceAccepted?: boolean;
  readonly signal?: AbortSignal;
  readonly freeBytes?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export function download(model: CatalogueModel, options: TestDownload): Promise<DownloadResult> {
  const { folder, sources, licenceAccepted = false, freeBytes } = options;
  const downloader = new Downloader({
    folder: () => folder,
    sources: () => sources,
    ...(freeBytes === undefined ? {} : { freeBytes: () => Promise.resolve(freeBytes) }),
  });
  return downloader.download(model, {
    licenceAccepted,
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => undefined),
  });
}

/** The data of the EngineError that `work` must reject with. */
export async function failure(work: Promise<unknown>): Promise<EngineErrorData> {
  try {
    await work;
  } catch (error) {
    if (error instanceof EngineError) return error.data;
    throw error;
  }
  throw new Error('it should have failed');
}

/** Why each source failed, in order. */
export async function reasons(work: Promise<unknown>): Promise<string[]> {
  const data = await failure(work);
  if (data.kind !== 'downloadFailed') throw new Error(`ended with ${JSON.stringify(data)}`);
  return data.attempts.map(({ source, reason }) => `${source} ${reason}`);
}
