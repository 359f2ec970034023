/** What `youtu doctor` checks: the model files, llama.cpp and its devices, the speed. */
import { benchStats, benchPrompt, cachedRun } from '../../engine/bench/benchRun.js';
import { checkModelFile } from '../../engine/catalogue/modelFile.js';
import type { Engine } from '../../engine/engine.js';
import { checkGguf } from '../../engine/model/gguf/ggufCheck.js';
import { DeviceChoice } from '../../engine/model/devices/deviceChoice.js';
import { noGpuReason } from '../../engine/model/devices/gpuMachine.js';
import { chooseThreads } from '../../engine/model/threads/threadCounts.js';
import { importLlama, startLlama } from '../../engine/model/llamaBinding.js';
import type { DeviceProblem, NoGpuReason } from '../../protocol/status.js';
import { EngineError, type EngineErrorData } from '../../protocol/errors.js';
import type { CommandContext } from '../commandContext.js';
import { errorText } from '../errors.js';

/** A file in the models folder. */
export interface ModelCheck {
  readonly id: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Absent when the file is intact. */
  readonly problem?: EngineErrorData;
}

/** Checks all files in the folder: those of the catalogue by their SHA-256, others by their header. */
export async function modelChecks({
  installed,
  catalogue,
  folder,
}: Pick<CommandContext, 'installed' | 'catalogue' | 'folder'>): Promise<readonly ModelCheck[]> {
  const checks: ModelCheck[] = [];
  for (const { id, path, sizeBytes } of await installed.list()) {
    if (path !== undefined) {
      checks.push({ id, path, sizeBytes, ...(await headerProblem(path)) });
      continue;
    }
    const model = catalogue.models.find((candidate) => candidate.id === id);
    const problem = model && (await checkModelFile(folder, model));
    if (problem !== undefined && problem !== 'missing' && 'path' in problem)
      checks.push({ id, path: problem.path, sizeBytes, problem });
  }
  return checks;
}

async function headerProblem(path: string): Promise<{ problem?: EngineErrorData }> {
  try {
    await checkGguf(path);
    return {};
  } catch (error) {
    if (error instanceof EngineError) return { problem: error.data };
    throw error;
  }
}

/** The llama.cpp in use, and the devices that it finds. */
export interface DeviceFacts {
  /** Version of the package node-llama-cpp. */
  readonly nodeLlamaCpp: string;
  /** Release of llama.cpp. */
  readonly llamaCpp: string;
  readonly gpu: 'cpu' | 'cuda' | 'vulkan' | 'metal';
  /** As the driver names them; empty on a CPU. */
  readonly gpuNames: readonly string[];
  /** GPUs that aren't used, and why. */
  readonly problems: readonly DeviceProblem[];
  /** Why there may be a GPU that can't be seen from here. */
  readonly noGpu?: NoGpuReason;
}

/**
 * @param folder where what is known of GPUs is kept
 * @returns a sentence when llama.cpp can't be started
 */
export async function deviceFacts(folder: string): Promise<DeviceFacts | string> {
  try {
    const { getModuleVersion } = await importLlama();
    const ignore = (): void => undefined;
    const choice = new DeviceChoice({ folder: () => folder, log: ignore });
    const { llama, gpuNames, problems } = await startLlama('auto', chooseThreads(0).prefill, ignore, {
      choice,
    });
    const noGpu = gpuNames.length === 0 ? await noGpuReason() : undefined;
    return {
      nodeLlamaCpp: await getModuleVersion(),
      llamaCpp: llama.llamaCppRelease.release,
      gpu: llama.gpu === false || gpuNames.length === 0 ? 'cpu' : llama.gpu,
      gpuNames,
      problems: problems.map((problem) => ({
        ...problem,
        used: gpuNames.length === 0 || llama.gpu === false ? 'cpu' : llama.gpu,
      })),
      ...(noGpu === undefined ? {} : { noGpu }),
    };
  } catch (error) {
    return errorText(error);
  }
}

const PROMPT_TOKENS = 128;
const ANSWER_TOKENS = 32;

/** A short measurement of the chat model, in tokens per second. */
export async function speedTrial(
  engine: Pick<Engine, 'host' | 'decoder'>,
  signal: AbortSignal,
): Promise<{ readonly prefill: number; readonly decode: number }> {
  const { model } = await engine.host.contextQueue('chat');
  const context = await model.openContext({
    contextTokens: PROMPT_TOKENS + ANSWER_TOKENS + 1,
    batchTokens: PROMPT_TOKENS,
  });
  try {
    const deps = { decoder: engine.decoder, context, signal };
    const prompt = benchPrompt(model, PROMPT_TOKENS);
    // The first evaluations load the weights from disk.
    await cachedRun(deps, prompt, 2);
    const measured = benchStats([await cachedRun(deps, prompt, ANSWER_TOKENS)]);
    return {
      prefill: (PROMPT_TOKENS * 1000) / measured.firstTokenMs,
      decode: measured.decodeTokensPerSecond,
    };
  } finally {
    await context.dispose();
  }
}
