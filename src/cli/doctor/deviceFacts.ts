import { importLlama, startLlama } from '../../engine/model/llamaBinding.js';
import { errorText } from '../errorText.js';

/** What llama.cpp can use here. */
export interface DeviceFacts {
  /** Version of the package that brings llama.cpp. */
  readonly nodeLlamaCpp: string;
  /** Release of llama.cpp. */
  readonly llamaCpp: string;
  readonly gpu: 'cpu' | 'cuda' | 'vulkan' | 'metal';
  /** As the driver gives them; none on a CPU. */
  readonly gpuNames: readonly string[];
}

/** @returns a sentence when llama.cpp can't be started */
export async function deviceFacts(): Promise<DeviceFacts | string> {
  try {
    const { getModuleVersion } = await importLlama();
    const { llama, gpuNames } = await startLlama('auto', 1, () => undefined);
    return {
      nodeLlamaCpp: await getModuleVersion(),
      llamaCpp: llama.llamaCppRelease.release,
      gpu: llama.gpu === false || gpuNames.length === 0 ? 'cpu' : llama.gpu,
      gpuNames,
    };
  } catch (error) {
    return errorText(error);
  }
}
