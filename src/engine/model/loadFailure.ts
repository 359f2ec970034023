import { stat } from 'node:fs/promises';
import { type EngineErrorData, EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { machineMemory, type MachineMemory } from './machineMemory.js';
import { importLlama, type NativeModel } from './llamaBinding.js';
import { partPaths } from './gguf/modelParts.js';
import { systemCode } from '../systemCode.js';

const NO_MEMORY =
  /(?:unable|failed) to allocate|bad_alloc|out of memory|OutOf(?:Device|Host)Memory|cannot allocate memory|insufficient memory/i;
/** The file contradicts itself. A tensor that is missing or has another shape may just as well be a newer kind of model. */
const DAMAGED =
  /not within the file bounds|corrupted or incomplete|failed to read|unexpectedly reached end of file|has offset \d+, expected|invalid data/i;

/**
 * Why llama.cpp didn't load a file. It tells only its log, so the reason is read from there; what a look at the
 * file itself can tell was checked before.
 */
export async function explainLoadFailure(
  path: string,
  lines: readonly string[],
  error: unknown,
): Promise<EngineErrorData> {
  const log = lines.join('\n');
  const architecture = /unknown model architecture: '([^']*)'/.exec(log)?.[1];
  if (architecture !== undefined) return { kind: 'unknownArchitecture', path, architecture };
  const message = error instanceof Error ? error.message : String(error);
  if (NO_MEMORY.test(log) || NO_MEMORY.test(message)) {
    const sizes = await Promise.all(
      partPaths(path).map((part) =>
        stat(part).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    const { availableBytes } = await machineMemory();
    const neededBytes = sizes.reduce((sum, size) => sum + size, 0);
    return { kind: 'notEnoughMemory', path, neededBytes, availableBytes };
  }
  const detail = lastReason(lines) ?? message;
  return DAMAGED.test(detail) ? { kind: 'damaged', path, detail } : { kind: 'loadFailed', path, detail };
}

/** @param lines llama.cpp's own ones of the load */
export function isMemoryFailure(lines: readonly string[], error: unknown): boolean {
  if (error instanceof EngineError && error.data.kind === 'notEnoughMemory') return true;
  return NO_MEMORY.test(lines.join('\n')) || NO_MEMORY.test(detailOf(error));
}

/** Whether another device may do what this one didn't: not where the file itself is at fault. */
export function mayBeDevices(error: unknown): boolean {
  if (!(error instanceof EngineError)) return true;
  return ['notEnoughMemory', 'loadFailed', 'evaluationFailed'].includes(error.data.kind);
}

export function detailOf(error: unknown): string {
  if (error instanceof EngineError && 'detail' in error.data) return error.data.detail;
  return error instanceof Error ? error.message : String(error);
}

/** What llama.cpp gives as the reason; the library's own error says only that loading failed. */
function lastReason(lines: readonly string[]): string | undefined {
  // What its reader of GGUFs dislikes comes first and says more than the loader's "failed to load model".
  const unread = lines.map((line) => /gguf_init_from_reader: (.+)/.exec(line)?.[1]).find(Boolean);
  const reasons = lines.flatMap((line) => /error loading model: (.+)/.exec(line)?.[1] ?? []);
  // Reasons are nested: "error loading model: error loading model hyperparameters: key not found …".
  return (unread ?? reasons.at(-1)?.split('error loading model ').at(-1))?.trim();
}

/** Why no context could be made; mostly, because its KV cache is larger than what memory is left. */
export async function explainContextFailure(
  path: string,
  model: NativeModel,
  size: { readonly contextSize: number; readonly batchSize: number; readonly flashAttention: boolean },
  error: unknown,
): Promise<EngineError> {
  const { InsufficientMemoryError } = await importLlama();
  const detail = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InsufficientMemoryError || /failed to create context/i.test(detail)))
    return new EngineError(EngineErrorCode.evaluationFailed, { kind: 'evaluationFailed', detail });
  const { cpuRam, gpuVram } = await model.fileInsights.estimateContextResourceRequirementsV2({
    ...size,
    modelGpuLayers: model.gpuLayers,
  });
  const { availableBytes } = await machineMemory();
  return unusableModel({ kind: 'notEnoughMemory', path, neededBytes: cpuRam + gpuVram, availableBytes });
}

/** A model's file that can't be used. */
export function unusableModel(data: EngineErrorData): EngineError {
  return new EngineError(EngineErrorCode.modelUnusable, data);
}

/** What to throw when reading a model's file has failed. Errors that aren't the system's are passed on as they are. */
export function unreadableModel(path: string, error: unknown): Error {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  return unusableModel(isMissing ? { kind: 'modelMissing', path } : { kind: 'modelUnreadable', path, code });
}

/** Weights and what llama.cpp keeps beside them at least; a context comes on top. */
const OVERHEAD = 1.1;

/**
 * @param memory what there is for the weights, a GPU's memory included
 * @throws EngineError `notEnoughMemory` when a model of this size can't be loaded
 */
export function checkMemory(path: string, sizeBytes: number, memory: MachineMemory): void {
  const neededBytes = Math.round(sizeBytes * OVERHEAD);
  const availableBytes = Math.min(memory.totalBytes, memory.availableBytes);
  if (neededBytes <= availableBytes) return;
  throw unusableModel({ kind: 'notEnoughMemory', path, neededBytes, availableBytes });
}
