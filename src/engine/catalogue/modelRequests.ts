import type { Connection } from 'vscode-languageserver/node';
import {
  ModelCheckRequest,
  ModelDownloadProgress,
  ModelDownloadRequest,
  ModelListRequest,
  ModelRemoveRequest,
  ModelResolveRequest,
  type ModelDownloadParams,
  type ModelDownloadResult,
  type DownloadProgress,
  type ModelEntry,
} from '../../protocol/model.js';
import { SpeedProbeRequest } from '../../protocol/modelFit.js';
import { answerRequest } from '../cancellation.js';
import { checkGguf } from '../model/gguf/ggufCheck.js';
import { checkMemory } from '../model/loadFailure.js';
import { machineMemory } from '../model/machineMemory.js';
import { unusableModel } from '../model/loadFailure.js';
import type { Catalogue } from './catalogue.js';
import type { Downloader, DownloadOptions } from './downloader.js';
import type { HubModels } from './hub/hubModels.js';
import { isHubName } from './hub/hubName.js';
import { catalogueModelOf } from './hub/knownName.js';
import type { InstalledModels } from './installedModels.js';
import { expandHome } from './modelsFolder.js';

export interface ModelServices {
  readonly catalogue: Catalogue;
  readonly installed: InstalledModels;
  readonly downloader: Downloader;
  readonly hub: HubModels;
  /** How models would run on this machine. */
  readonly fit: (entries: readonly ModelEntry[]) => Promise<readonly ModelEntry[]>;
  /** Measures this machine, unless its speed is known. */
  readonly probe: () => Promise<void>;
  /** Called after a model has come or gone, before the request is answered. */
  readonly onDidChangeModels: () => Promise<void> | void;
}

/** Answers the requests about models on disk. */
export function registerModelRequests(connection: Connection, services: ModelServices): void {
  const { installed, onDidChangeModels, fit, probe } = services;
  connection.onRequest(ModelListRequest, (token) =>
    answerRequest(token, async () => fit(await installed.list())),
  );
  connection.onRequest(SpeedProbeRequest, (token) =>
    answerRequest(token, async () => {
      await probe();
      return null;
    }),
  );
  connection.onRequest(ModelDownloadRequest, (params, token) =>
    answerRequest(token, (signal) => download(connection, services, params, signal)),
  );
  connection.onRequest(ModelResolveRequest, ({ name, hubToken }, token) =>
    answerRequest(token, (signal) => services.hub.resolve(name, hubToken, signal)),
  );
  connection.onRequest(ModelRemoveRequest, ({ id }, token) =>
    answerRequest(token, async () => {
      await installed.remove(id);
      await onDidChangeModels();
      return null;
    }),
  );
  connection.onRequest(ModelCheckRequest, ({ path }, token) =>
    answerRequest(token, async () => {
      const result = await checkGguf(expandHome(path));
      checkMemory(result.path, result.sizeBytes, await machineMemory());
      return result;
    }),
  );
}

async function download(
  connection: Connection,
  { catalogue, downloader, hub, onDidChangeModels }: ModelServices,
  { id, licenceAccepted, workDoneToken, hubToken }: ModelDownloadParams,
  signal: AbortSignal,
): Promise<ModelDownloadResult> {
  const model = catalogueModelOf(catalogue, id);
  if (model === undefined && !isHubName(id)) throw unusableModel({ kind: 'unknownModel', name: id });
  const progress = connection.window.attachWorkDoneProgress(workDoneToken);
  progress.begin(model?.name ?? id, 0, undefined, true);
  try {
    const options: DownloadOptions = {
      licenceAccepted,
      signal,
      onProgress: nowAndThen((download) => {
        if (workDoneToken === undefined) return;
        const { doneBytes, totalBytes } = download;
        const percentage = totalBytes > 0 ? Math.floor((100 * doneBytes) / totalBytes) : 0;
        const message = progressText(download);
        const report = { kind: 'report', percentage, message, download } as const;
        void connection.sendProgress(ModelDownloadProgress, workDoneToken, report);
      }),
    };
    const result = await (model === undefined
      ? hub.download(id, { ...options, token: hubToken })
      : downloader.download(model, options));
    await onDidChangeModels();
    return result;
  } finally {
    progress.done();
  }
}

/** Passes progress on five times a second at most; a new source or phase, and the end of one, at once. */
function nowAndThen(show: (progress: DownloadProgress) => void): (progress: DownloadProgress) => void {
  let shownAt = 0;
  let shown = '';
  return (progress) => {
    const step = `${progress.source} ${progress.phase}`;
    const now = performance.now();
    const isEnd = progress.totalBytes > 0 && progress.doneBytes >= progress.totalBytes;
    if (step === shown && now - shownAt < 200 && !isEnd) return;
    shownAt = now;
    shown = step;
    show(progress);
  };
}

/** Without words: editors that only show it have their own language. */
function progressText({ doneBytes, totalBytes, bytesPerSecond }: DownloadProgress): string {
  if (totalBytes === 0) return '';
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  const rate = bytesPerSecond === undefined ? '' : `, ${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
  return `${megabytes(doneBytes)}/${megabytes(totalBytes)} MB${rate}`;
}
