import { ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type {
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from 'vscode-languageserver-protocol';
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
  /** Where it was got from, when from a hub by its name. */
  readonly source?: HubOrigin;
  /** Tokens that it was trained to read at once, where the catalogue or the file says it. */
  readonly contextTokens?: number;
  /** What it is for, in a sentence, where its roles don't say it. */
  readonly purpose?: string;
  /** What was measured with it by this project, in a sentence. */
  readonly measured?: string;
  /** Whether {@link memoryBytes} is an estimate. */
  readonly isMemoryEstimated?: boolean;
  /** Whether it comes from the user's own entries (`youtu.model.entries`). */
  readonly isCustom?: boolean;
  /** Absent when neither the file nor the catalogue tells its size. */
  readonly fit?: ModelFit;
  /** Roles for which it is the best choice on this machine, of all that need no licence to be accepted. */
  readonly recommendedFor?: readonly ModelRole[];
}

/** What a file from a hub is pinned to. */
export interface HubOrigin {
  /** In full, as in `hf:owner/repo/file.gguf`; also the entry's id. */
  readonly name: string;
  readonly repository: string;
  /** Commit. */
  readonly revision: string;
  readonly pageUrl: string;
}

export interface ModelResolveParams {
  /** `hf:owner/repo[@revision][:quant|/file.gguf]`, `modelscope:…`, or a page's address on these hubs. */
  readonly name: string;
  /** Sent to the hub itself only, never kept or logged. */
  readonly hubToken?: string;
}

export interface ModelResolveResult {
  /** In the hub's own case. */
  readonly repository: string;
  /** Commit. */
  readonly revision: string;
  readonly pageUrl: string;
  /** `name` is empty where the repository states none. `isGated`: access must be asked for on the page. */
  readonly licence: ModelEntry['licence'] & { readonly isGated: boolean };
  readonly choices: readonly HubModelChoice[];
  /** Index of the choice that the name means; -1 when several fit, or none. */
  readonly chosen: number;
}

export interface HubModelChoice {
  /** What to download: {@link ModelDownloadParams.id}. */
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256?: string }[];
  /** As in `Q4_K_M`; empty when the file's name doesn't say it. */
  readonly quant: string;
  readonly sizeBytes: number;
  readonly isInstalled: boolean;
}

/**
 * Asks a hub what a repository has, before a byte is fetched.
 * Errors: `badHubName`, `hubNotFound`, `hubAccess`, `hubUnreachable`.
 */
export const ModelResolveRequest = new RequestType<ModelResolveParams, ModelResolveResult, EngineErrorData>(
  'youtu/model/resolve',
);

export const ModelListRequest = new RequestType0<readonly ModelEntry[], EngineErrorData>('youtu/model/list');

export interface ModelDownloadParams {
  /** Of the list, or a hub's name as in {@link ModelResolveParams.name}. */
  readonly id: string;
  /** For a hub's private and gated repositories; sent to the hub itself only, never kept or logged. */
  readonly hubToken?: string;
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
export const ModelDownloadProgress = new ProgressType<
  WorkDoneProgressBegin | ModelDownloadReport | WorkDoneProgressEnd
>();

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
