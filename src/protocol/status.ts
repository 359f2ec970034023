import { NotificationType, RequestType0 } from 'vscode-jsonrpc';
import type { EngineErrorData, ModelRole } from './errors.js';

/** Where a model's layers lie. A Vulkan or CUDA build that found no device reports `cpu`. */
export interface DeviceInfo {
  readonly kind: 'cpu' | 'cuda' | 'vulkan' | 'metal' | 'remote';
  /** The GPU's name as its driver gives it; absent on a CPU. Of a remote model the server's host and port. */
  readonly name?: string;
  readonly offloadedLayers: number;
  readonly totalLayers: number;
  /** Bytes of video memory, total; absent on a CPU. */
  readonly videoMemoryBytes?: number;
  /** Which binary of node-llama-cpp runs, e.g. `linux-x64-vulkan`; of a remote model the server's kind, e.g. `vllm`. */
  readonly build: string;
  /** What was wrong with better devices, or with this one; absent when nothing was. Each is told once. */
  readonly problems?: readonly DeviceProblem[];
}

/** A GPU that isn't used, or is used though it shouldn't be. */
export interface DeviceProblem {
  readonly device: 'cuda' | 'vulkan' | 'metal';
  /** As its driver gives it; absent where that isn't known. */
  readonly name?: string;
  /**
   * `crashed`: its process ended by itself. `hung`: it gave no result in time. `failed`: it reported an error.
   * `slower`: the CPU is faster. `software`: it is the CPU, which imitates a GPU. `noMemory`: the model didn't fit.
   * `notInstalled`: llama.cpp's build for it isn't here. `noDevice`: that build finds none.
   */
  readonly reason:
    'crashed' | 'hung' | 'failed' | 'slower' | 'software' | 'noMemory' | 'notInstalled' | 'noDevice';
  /** What the system or llama.cpp said, for the log; may be empty. */
  readonly detail: string;
  /** What the model runs on. The same device: the user wanted it, or it holds a part of the model. */
  readonly used: Exclude<DeviceInfo['kind'], 'remote'>;
}

/**
 * Why there is perhaps a GPU and none is found. `wslDrivers`: WSL has it, but no driver for it here. `wslDevice`: WSL
 * without one. `container`: no device was handed to this container.
 */
export type NoGpuReason = 'wslDrivers' | 'wslDevice' | 'container';

export interface LoadedModel {
  /** Catalogue id, or the file's name without `.gguf`. */
  readonly id: string;
  /** Of a remote model `remote:` and its server's address. */
  readonly path: string;
  readonly architecture: string;
  readonly roles: readonly ModelRole[];
  readonly sizeBytes: number;
  /** Tokens of each role's context. */
  readonly contextTokens: number;
  /** Whether the vocabulary has infill (fill-in-the-middle) tokens. */
  readonly hasInfill: boolean;
  readonly device: DeviceInfo;
}

interface ReadyModels {
  readonly models: readonly LoadedModel[];
  /** Why better models, which `auto` would have taken, can't be used; absent when there are none. */
  readonly skipped?: readonly EngineErrorData[];
  /** Where `auto` takes another model than the last time; absent when it doesn't. */
  readonly changes?: readonly ModelChange[];
}

/** Another model for a role than the last time, by the engine's own choice. */
export interface ModelChange {
  readonly role: ModelRole;
  /** Catalogue ids. */
  readonly from: string;
  readonly to: string;
}

/** What the engine is doing; sent with every change. */
export type EngineStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'noModel'; readonly role: ModelRole }
  | { readonly kind: 'loading'; readonly model: string; readonly progress: number }
  | ({ readonly kind: 'ready' } & ReadyModels)
  | ({ readonly kind: 'working'; readonly task: WorkKind } & ReadyModels)
  | { readonly kind: 'failed'; readonly error: EngineErrorData };

export type WorkKind = 'completion' | 'fix' | 'chat' | 'warm-up';

export const StatusNotification = new NotificationType<EngineStatus>('youtu/status');

/** What runs where, for `youtu.engine.status`, `youtu doctor` and tests. */
export interface EngineReport {
  readonly pid: number;
  readonly status: EngineStatus;
  readonly platform: string;
  readonly nodeVersion: string;
  readonly cpuCores: number;
  readonly totalMemoryBytes: number;
  readonly freeMemoryBytes: number;
  readonly modelsFolder: string;
  /**
   * Threads for evaluating a prompt and for decoding, of the model that was loaded last; measured on this machine, or
   * an estimate.
   */
  readonly threads: { readonly prefill: number; readonly decode: number; readonly isMeasured: boolean };
  /** Tokens per second, measured on this machine since the engine started; absent before the first use. */
  readonly speed?: { readonly prefill?: number; readonly decode?: number };
}

export const ReportRequest = new RequestType0<EngineReport, EngineErrorData>('youtu/report');
