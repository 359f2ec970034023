/**
 * A separate process that starts llama.cpp on a device: the environment determines the devices once per process.
 * Takes the choices as JSON and sends the result of each to the parent.
 */
import type { DeviceInfo } from '../../../src/protocol/status.js';
import type { EngineSettings } from '../../../src/protocol/settings.js';
import { answer, TestLlama } from './tinyLlama.js';

export interface ProbeTask {
  readonly path: string;
  readonly prompt: string;
  /** One load per entry, in the same process. */
  readonly gpus: readonly EngineSettings['gpu'][];
}

export interface ProbeResult {
  readonly device: DeviceInfo;
  readonly text: string;
  readonly warnings: readonly string[];
}

const { path, prompt, gpus } = JSON.parse(process.argv[2] ?? '') as ProbeTask;
const results: ProbeResult[] = [];
for (const gpu of gpus) {
  const llama = new TestLlama({ gpu });
  const model = await llama.load(path);
  results.push({
    device: model.device,
    text: await answer(model, prompt),
    warnings: llama.log.filter((line) => line.startsWith('warn')),
  });
  await model.dispose();
}
process.send?.(results, () => process.exit(0));
