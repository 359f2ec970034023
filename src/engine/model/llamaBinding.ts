/**
 * The only file that imports node-llama-cpp, and only when a model is first needed: loading the library takes
 * longer than starting the engine.
 */
import type { Llama, LlamaLogLevel, LlamaOptions } from 'node-llama-cpp';
import type { EngineSettings } from '../../protocol/settings.js';

export type {
  Llama,
  LlamaContext,
  LlamaContextSequence,
  LlamaModel as NativeModel,
  Token as NativeToken,
  TokenBias,
} from 'node-llama-cpp';

export type NativeLog = (level: LlamaLogLevel, message: string) => void;

export function importLlama(): Promise<typeof import('node-llama-cpp')> {
  return import('node-llama-cpp');
}

/**
 * Starts llama.cpp on the best device that is here. Never compiles: only prebuilt binaries are used. Asked for a
 * GPU that isn't there, or for `auto` where the Vulkan loader finds no device, it runs on the CPU.
 */
export async function startLlama(
  gpu: EngineSettings['gpu'],
  maxThreads: number,
  log: NativeLog,
): Promise<{ readonly llama: Llama; readonly gpuNames: readonly string[] }> {
  const { getLlama, LlamaLogLevel } = await importLlama();
  const options: LlamaOptions = {
    build: 'never',
    progressLogs: false,
    skipDownload: true,
    maxThreads,
    logger: log,
    // Without this the library prints llama.cpp's warnings to stdout, where an LSP client reads messages.
    logLevel: LlamaLogLevel.info,
  };
  const startOnCpu = async (): Promise<{ llama: Llama; gpuNames: readonly string[] }> => ({
    llama: await getLlama({ ...options, gpu: false }),
    gpuNames: [],
  });
  if (gpu === 'off') return startOnCpu();
  try {
    const llama = await getLlama({ ...options, gpu });
    const gpuNames = llama.gpu === false ? [] : await llama.getGpuDeviceNames();
    if (llama.gpu === false || gpuNames.length > 0) return { llama, gpuNames };
    await llama.dispose();
    log(LlamaLogLevel.warn, `${llama.gpu}: the build is here but finds no device; using the CPU`);
  } catch (error) {
    log(LlamaLogLevel.warn, `no llama.cpp build for ${gpu} runs here (${String(error)}); using the CPU`);
  }
  return startOnCpu();
}
