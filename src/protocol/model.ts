import { ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { WorkDoneProgressReport } from 'vscode-languageserver-protocol';
import type { EngineErrorData, ModelRole } from './errors.js';
import type { ModelFit } from './modelFit.js';

/**
 * A model of the catalogue with what is known of it on this machine, or a GGUF that the user has put into the folder
 * (its licence is not known, so `licence.name` is empty).
 */
export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly ModelRole[];
  /** Bytes of the file; 0 = known only once a hub has been asked. */
  readonly sizeBytes: number;
  /** Memory it takes when loaded, bytes, as measured; 0 = not measured. */
  readonly memoryBytes: number;
  /**
   * Whether the catalogue has the file's SHA-256. Without it a download is checked only against what its sources say,
   * which a person has to be told before.
   */
  readonly hasKnownHash: boolean;
  readonly licence: { readonly name: string; readonly url: string; readonly mustAccept: boolean };
  readonly isInstalled: boolean;
  /** A partial download, bytes. */
  readonly partialBytes: number;
  /** Present when installed. */
  readonly path?: string;
  readonly isStarter: boolean;
  /** Absent when neither the file nor the catalogue tells its size. */
  readonly fit?: ModelFit;
  /** Roles for which it is the best choice on this machine, of all that need no licence to be accepted. */
  readonly recommendedFor?: readonly ModelRole[];
}

export const ModelListRequest = new RequestType0<readonly ModelEntry[], EngineErrorData>('youtu/model/list');

export interface ModelDownloadParams {
  readonly id: string;
  /** Must be true for a model whose licence has to be accepted. */
  readonly licenceAccepted: boolean;
  /** LSP work-done progress: {@link ModelDownloadReport}. */
  readonly workDoneToken?: string | number;
}

export interface ModelDownloadResult {
  readonly path: string;
  readonly sizeBytes: number;
  /** Source that delivered it; `installed` when it was there already. */
  readonly source: string;
}

export const ModelDownloadRequest = new RequestType<
  ModelDownloadParams,
  ModelDownloadResult,
  EngineErrorData
>('youtu/model/download');

/** How far a download is. */
export interface DownloadProgress {
  readonly phase: 'connecting' | 'downloading' | 'unpacking' | 'verifying';
  /** Received, or while it is verified, hashed. */
  readonly doneBytes: number;
  /** 0 = not known yet. */
  readonly totalBytes: number;
  /** Source's name, as in the setting `youtu.model.sources`. */
  readonly source: string;
  /** Over the last seconds; absent before there is enough to tell. */
  readonly bytesPerSecond?: number;
}

/** LSP's work-done progress, which any client can show, with the figures behind its message. */
export interface ModelDownloadReport extends WorkDoneProgressReport {
  readonly download: DownloadProgress;
}

/** Sent under {@link ModelDownloadParams.workDoneToken}. */
export const ModelDownloadProgress = new ProgressType<ModelDownloadReport>();

export const ModelRemoveRequest = new RequestType<{ readonly id: string }, null, EngineErrorData>(
  'youtu/model/remove',
);

export interface ModelCheckResult {
  readonly path: string;
  readonly architecture: string;
  readonly sizeBytes: number;
  readonly contextTokens: number;
  readonly hasChatTemplate: boolean;
}

/** Reads a GGUF's header and says whether it could be loaded here. */
export const ModelCheckRequest = new RequestType<
  { readonly path: string },
  ModelCheckResult,
  EngineErrorData
>('youtu/model/check');
