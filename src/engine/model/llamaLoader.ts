import { setImmediate, setTimeout } from 'node:timers/promises';
import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { EngineSettings } from '../../protocol/settings.js';
import type { DeviceInfo, DeviceProblem } from '../../protocol/status.js';
import { checkGguf } from './gguf/ggufCheck.js';
import type { DeviceChoice } from './devices/deviceChoice.js';
import type { GpuKind } from './devices/deviceRecords.js';
import { evaluateOnce, loadReduced, type OffloadLayers } from './devices/offload.js';
import {
  libraryVersion,
  startLlama,
  type Llama,
  type NativeLog,
  type NativeModel,
  type PassedOver,
  type StartedLlama,
} from './llamaBinding.js';
import { LlamaModel } from './llamaModel.js';
import { checkMemory, detailOf, explainLoadFailure, isMemoryFailure, mayBeDevices } from './loadFailure.js';
import { machineMemory, type MachineMemory } from './machineMemory.js';
import type { Model, LoadOptions, ModelLoader } from './model.js';
import { ModelThreads, chooseThreads } from './threads/threadCounts.js';
import type { ThreadCalibration } from './threads/threadCalibration.js';

type LoadedFile = Parameters<ModelLoader['load']>[0];

interface LoadingDevice extends StartedLlama {
  readonly threads: ModelThreads;
  /** What went wrong with the same model on other devices. */
  readonly failures: readonly PassedOver[];
}

/** Loads GGUFs through llama.cpp, which is started at the first one. */
export class LlamaLoader implements ModelLoader {
  /** llama.cpp's own lines of the load that is running: the reason of a failure is only there. */
  private lines: string[] = [];
  /** One load at a time, since their lines can't be told apart. */
  private last: Promise<unknown> = Promise.resolve();
  private latest: ModelThreads | undefined;

  constructor(
    private readonly settings: () => EngineSettings,
    private readonly log: NativeLog,
    /** Sees to a model's threads before it is used. */
    private readonly calibration?: Pick<ThreadCalibration, 'attend'>,
    /** Tries GPUs before they are used. */
    private readonly choice?: Pick<DeviceChoice, 'verdict' | 'using' | 'failed'>,
  ) {}

  /** Of the model that was loaded last. */
  get threads(): ModelThreads {
    return this.latest ?? this.threadsFor(this.settings().threads);
  }

  load(file: LoadedFile, options: LoadOptions): Promise<Model> {
    const load = (): Promise<Model> => this.loadNow(file, options);
    const loading = this.last.then(load, load);
    this.last = loading;
    return loading;
  }

  private async loadNow(file: LoadedFile, options: LoadOptions): Promise<Model> {
    const { sizeBytes } = await checkGguf(file.path);
    const { gpu, threads: wanted } = this.settings();
    const threads = this.threadsFor(wanted);
    const failures: PassedOver[] = [];
    for (;;) {
      const excluded = new Set(failures.map(({ device }) => device));
      const started = await startLlama(gpu, threads.most, this.keepLine, { choice: this.choice, excluded });
      const { llama, gpuNames } = started;
      checkMemory(file.path, sizeBytes, await memoryWith(llama, gpuNames));
      this.lines = [];
      try {
        const loaded = await this.loadOn(file, options, { ...started, threads, failures });
        await this.remember(failures);
        await this.calibration?.attend(loaded);
        this.latest = threads;
        return loaded;
      } catch (error) {
        const device = deviceOf(started);
        if (device === undefined || !mayBeDevices(error)) throw error;
        const reason = isMemoryFailure(this.lines, error) ? 'noMemory' : 'failed';
        this.log('warn', `${device}: ${reason}; trying the next device`);
        failures.push({ device, name: gpuNames.join(', '), reason, detail: detailOf(error) });
      }
    }
  }

  /** With what doesn't fit on the GPU in the machine's own memory. */
  private async loadOn(file: LoadedFile, options: LoadOptions, on: LoadingDevice): Promise<LlamaModel> {
    const device = deviceOf(on);
    const load = async (): Promise<LlamaModel> => {
      const { model, isReduced } = await loadReduced(on.gpuNames.length > 0, {
        load: (gpuLayers) => this.loadNative(file, options, on.llama, gpuLayers),
        isMemory: (error) => isMemoryFailure(this.lines, error),
      });
      try {
        const problems = [...on.problems, ...on.failures];
        if (isReduced && device !== undefined) problems.push({ device, reason: 'noMemory', detail: '' });
        const info = await describeDevice(on.llama, model, on.gpuNames);
        const used: DeviceProblem['used'] = device === undefined || info.kind === 'cpu' ? 'cpu' : device;
        const told = problems.map((problem) => ({ ...problem, used }));
        const described = told.length === 0 ? info : { ...info, problems: told };
        const { limit } = on;
        const loaded = new LlamaModel(file.id, file.path, described, { limit, model }, on.threads);
        if (device !== undefined && this.choice !== undefined) await evaluateOnce(loaded);
        return loaded;
      } catch (error) {
        await model.dispose();
        throw error;
      }
    };
    if (device === undefined || this.choice === undefined) return load();
    return this.choice.using(device, on.gpuNames.join(', '), await libraryVersion(), load);
  }

  private async loadNative(
    file: LoadedFile,
    { onProgress }: LoadOptions,
    llama: Llama,
    gpuLayers: OffloadLayers,
  ): Promise<NativeModel> {
    try {
      return await llama.loadModel({
        modelPath: file.path,
        // Read into memory instead of mapped: a file that is cut short while its model is in use would end the process
        // (SIGBUS), and one that is overwritten would change the answers. The system's copy of mapped weights is in
        // addition to those that llama.cpp rearranges for the processor, so this takes less memory too.
        useMmap: false,
        gpuLayers,
        defaultContextFlashAttention: true,
        // Numbers that are none would make a model that says nothing but zeros.
        checkTensors: true,
        onLoadProgress: onProgress,
      });
    } catch (error) {
      await logCaughtUp();
      const data = await explainLoadFailure(file.path, this.lines, error);
      throw new EngineError(EngineErrorCode.modelUnusable, data);
    }
  }

  /** Only once the file has loaded elsewhere it is the device's fault. */
  private async remember(failures: readonly PassedOver[]): Promise<void> {
    for (const { device, name = '', reason, detail } of failures)
      if (reason === 'failed') await this.choice?.failed(device, name, await libraryVersion(), detail);
  }

  private threadsFor(wanted: number): ModelThreads {
    return new ModelThreads(chooseThreads(wanted), wanted > 0);
  }

  private readonly keepLine: NativeLog = (level, message) => {
    this.lines.push(message);
    if (this.lines.length > 400) this.lines.shift();
    this.log(level, message);
  };
}

/** The GPU that is used. */
function deviceOf({ llama, gpuNames }: Pick<StartedLlama, 'llama' | 'gpuNames'>): GpuKind | undefined {
  return llama.gpu === false || gpuNames.length === 0 ? undefined : llama.gpu;
}

/** llama.cpp's lines come from another thread, by a queue of their own: the last ones may come after the result. */
async function logCaughtUp(): Promise<void> {
  await setTimeout(0);
  await setImmediate();
}

/** A GPU's memory holds weights too, so it counts. */
async function memoryWith(llama: Llama, gpuNames: readonly string[]): Promise<MachineMemory> {
  const memory = await machineMemory();
  if (gpuNames.length === 0) return memory;
  const { total, free } = await llama.getVramState();
  return { totalBytes: memory.totalBytes + total, availableBytes: memory.availableBytes + free };
}

async function describeDevice(
  llama: Llama,
  model: NativeModel,
  gpuNames: readonly string[],
): Promise<DeviceInfo> {
  const totalLayers = model.fileInsights.totalLayers;
  const build = buildName(llama);
  if (llama.gpu === false || gpuNames.length === 0 || model.gpuLayers === 0)
    return { kind: 'cpu', offloadedLayers: 0, totalLayers, build };
  const { total } = await llama.getVramState();
  return {
    kind: llama.gpu,
    name: gpuNames.join(', '),
    offloadedLayers: model.gpuLayers,
    totalLayers,
    videoMemoryBytes: total,
    build,
  };
}

/** Which binary runs: the library names its release, the platform's package the rest. */
function buildName(llama: Llama): string {
  const platform = `${process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  return `${platform}${llama.gpu === false ? '' : `-${llama.gpu}`} (llama.cpp ${llama.llamaCppRelease.release}, ${llama.buildType})`;
}
