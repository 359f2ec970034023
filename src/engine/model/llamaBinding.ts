import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
/**
 * The only file that imports node-llama-cpp, and only when a model is first needed: loading the library takes
 * longer than starting the engine.
 */
import type { Llama, LlamaLogLevel } from 'node-llama-cpp';
import type { EngineSettings } from '../../protocol/settings.js';
import type { DeviceProblem } from '../../protocol/status.js';
import { cudaPackCommand, cudaPackFolder, resolveCudaPack } from './cudaPack.js';
import type { DeviceChoice } from './devices/deviceChoice.js';
import type { GpuKind } from './devices/deviceRecords.js';
import { hasBuild, mayHaveGpu, packagePlaces } from './devices/gpuMachine.js';
import { unusableEngine } from './devices/startFailure.js';
import { ThreadLimit } from './threads/threadLimit.js';

export type {
  Llama,
  LlamaContext,
  LlamaContextSequence,
  LlamaGrammarEvaluationState as GrammarState,
  LlamaModel as NativeModel,
  SequenceEvaluateOptions as EvaluationOptions,
  Token as NativeToken,
  TokenBias,
} from 'node-llama-cpp';

export type NativeLog = (level: `${LlamaLogLevel}`, message: string) => void;

export function importLlama(): Promise<typeof import('node-llama-cpp')> {
  resolveCudaPack();
  return import('node-llama-cpp');
}

export interface StartedLlama {
  readonly llama: Llama;
  readonly limit: ThreadLimit;
  /** Names of the devices that layers can be put on; none on a CPU. */
  readonly gpuNames: readonly string[];
  /** Why devices that were to be tried before this one aren't used, or what speaks against this one. */
  readonly problems: readonly PassedOver[];
}

export type PassedOver = Omit<DeviceProblem, 'used'>;

export interface StartOptions {
  /** Tries GPUs before they are loaded into this process; without it they are loaded untried. */
  readonly choice?: Pick<DeviceChoice, 'verdict'> | undefined;
  /** Devices that have failed with the model already. */
  readonly excluded?: ReadonlySet<GpuKind>;
}

/**
 * Starts llama.cpp on the best device that is here. Never compiles: only prebuilt binaries are used. Asked for a
 * GPU that isn't there, or for `auto` where the Vulkan loader finds no device, it runs on the CPU.
 * @throws EngineError `engineUnusable` when not even the CPU's build runs
 */
export async function startLlama(
  gpu: EngineSettings['gpu'],
  maxThreads: number,
  log: NativeLog,
  { choice, excluded = new Set() }: StartOptions = {},
): Promise<StartedLlama> {
  const problems: PassedOver[] = [];
  for (const device of await devicesToTry(gpu)) {
    if (excluded.has(device)) continue;
    const wanted = device === gpu;
    const passOver = (reason: PassedOver['reason'], detail: string): void => {
      log('warn', `${device} isn't used: ${[reason, detail].filter(Boolean).join(', ')}`);
      // That this machine hasn't what it needn't have is no problem.
      if (wanted || (reason !== 'noDevice' && reason !== 'notInstalled'))
        problems.push({ device, reason, detail });
    };
    if (!isInstalled(device)) {
      passOver('notInstalled', device === 'cuda' ? await cudaInstall() : '');
      continue;
    }
    const verdict = await choice?.verdict(device, {
      wanted,
      threads: maxThreads,
      library: await libraryVersion(),
    });
    if (verdict?.problem !== undefined && (wanted || verdict.problem.reason !== 'noDevice'))
      problems.push(verdict.problem);
    if (verdict?.isUsable === false) {
      log('warn', `${device} isn't used: ${verdict.problem?.reason ?? ''}`);
      continue;
    }
    try {
      const instance = await instanceFor(device, maxThreads, log);
      const gpuNames = await instance.llama.getGpuDeviceNames();
      if (gpuNames.length > 0) return { ...instance, gpuNames, problems };
      log('warn', `${device}: the build is installed but finds no device`);
      passOver('noDevice', '');
    } catch (error) {
      log('warn', `no llama.cpp build for ${device} runs here: ${String(error)}`);
      passOver('failed', String(error));
    }
  }
  if (gpu !== 'off' && gpu !== 'auto') log('warn', `${gpu} can't be used; using the CPU`);
  return { ...(await cpuInstance(maxThreads, log)), gpuNames: [], problems };
}

async function cpuInstance(maxThreads: number, log: NativeLog): Promise<Instance> {
  try {
    return await instanceFor(false, maxThreads, log);
  } catch (error) {
    throw unusableEngine(error);
  }
}

/** Version of node-llama-cpp. */
export async function libraryVersion(): Promise<string> {
  const { getModuleVersion } = await importLlama();
  return getModuleVersion();
}

async function cudaInstall(): Promise<string> {
  return `To install llama.cpp's CUDA build: ${cudaPackCommand(await libraryVersion())}`;
}

function isInstalled(device: GpuKind): boolean {
  // Metal is a part of the build for its machines.
  const library = dirname(fileURLToPath(import.meta.resolve('node-llama-cpp')));
  return device === 'metal' || hasBuild(device, [...packagePlaces(library), cudaPackFolder()]);
}

/**
 * GPUs in the order to try; the CPU is what is left. Where the user's is missing, another one is better than none: a
 * card that CUDA knows is one that Vulkan knows, too.
 */
async function devicesToTry(gpu: EngineSettings['gpu']): Promise<readonly GpuKind[]> {
  if (gpu === 'off' || (gpu === 'auto' && !(await mayHaveGpu()))) return [];
  const { getLlamaGpuTypes } = await importLlama();
  // Asked for a GPU that the platform never has (Metal on Linux), the library would choose another by itself.
  const types = (await getLlamaGpuTypes(gpu === 'auto' ? 'supported' : 'allValid')).filter(
    (type) => type !== false,
  );
  if (gpu === 'auto') return types;
  return [gpu, ...(gpu === 'cuda' ? (['vulkan'] as const) : [])].filter((type) => types.includes(type));
}

/**
 * Each binary is started once for the process and never given back. It keeps its log's receiver in a global of its
 * own: starting it again would release the first receiver, whose clean-up then switches off the second one (seen in
 * node-llama-cpp 3.22.1), and all that llama.cpp says would go to stdout, where a language client reads messages.
 */
const instances = new Map<Llama['gpu'], Promise<Instance>>();

type Instance = Pick<StartedLlama, 'llama' | 'limit'>;

async function instanceFor(gpu: Llama['gpu'], maxThreads: number, log: NativeLog): Promise<Instance> {
  let starting = instances.get(gpu);
  if (starting === undefined) {
    starting = createInstance(gpu, maxThreads, log);
    instances.set(gpu, starting);
    starting.catch(() => instances.delete(gpu));
  }
  const instance = await starting;
  instance.llama.logger = log;
  return instance;
}

async function createInstance(gpu: Llama['gpu'], maxThreads: number, log: NativeLog): Promise<Instance> {
  const { getLlama, LlamaLogLevel } = await importLlama();
  const llama = await awayFromUserFolder(() =>
    getLlama({
      gpu,
      build: 'never',
      progressLogs: false,
      skipDownload: true,
      maxThreads,
      logger: log,
      // Without this the library prints llama.cpp's warnings to stdout too.
      logLevel: LlamaLogLevel.info,
    }),
  );
  return { llama, limit: new ThreadLimit(llama) };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Loads native libraries while the engine's own folder is the current folder of this process. The prebuilt ones look for what they
 * need in the current folder too (an empty entry ends their run path), and that is the folder which the user has
 * open: a `libcudart.so.13` in there was run, where the system had none. One load at a time: the folder is the
 * process's.
 */
export function awayFromUserFolder<T>(load: () => Promise<T>): Promise<T> {
  const loaded = last.then(() => loadElsewhere(load));
  last = loaded.catch(() => undefined);
  return loaded;
}

async function loadElsewhere<T>(load: () => Promise<T>): Promise<T> {
  const userFolder = process.cwd();
  process.chdir(dirname(fileURLToPath(import.meta.url)));
  try {
    return await load();
  } finally {
    process.chdir(userFolder);
  }
}
