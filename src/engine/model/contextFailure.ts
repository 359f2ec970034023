import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { importLlama, type NativeModel } from './llamaBinding.js';
import { machineMemory } from './machineMemory.js';
import { unusableModel } from './unusableModel.js';

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
