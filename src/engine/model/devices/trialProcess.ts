/** Entry of the process that tries a GPU: `deviceTrial.mjs DEVICE THREADS`. */
import { probeSpeed } from '../../fit/speedProbe.js';
import { DEFAULT_SETTINGS } from '../../../protocol/settings.js';
import { startLlama } from '../llamaBinding.js';
import { LlamaLoader } from '../llamaLoader.js';
import type { GpuKind } from './deviceRecords.js';
import { areSoftware, type TrialMessage } from './trialMessages.js';

/** Its parent ends it before; this is for a parent that is gone. */
const MAX_MS = 120_000;

function send(message: TrialMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

async function measure(on: 'gpu' | 'cpu', device: GpuKind, threads: number): Promise<void> {
  const settings = { ...DEFAULT_SETTINGS, gpu: on === 'gpu' ? device : 'off', threads } as const;
  const loader = new LlamaLoader(
    () => settings,
    () => undefined,
  );
  const { prefill, decode } = await probeSpeed(loader);
  await send({ kind: 'speed', on, prefill, decode });
}

async function main(device: GpuKind, threads: number): Promise<void> {
  const { gpuNames } = await startLlama(device, Math.max(1, threads), () => undefined);
  const isSoftware = areSoftware(gpuNames);
  await send({ kind: 'found', names: gpuNames, isSoftware });
  if (gpuNames.length === 0 || isSoftware) return;
  await measure('gpu', device, threads);
  await measure('cpu', device, threads);
}

process.on('disconnect', () => process.exit(0));
setTimeout(() => process.kill(process.pid, 'SIGKILL'), MAX_MS).unref();
const [, , device = 'vulkan', threads = '0'] = process.argv;
main(device as GpuKind, Number(threads)).then(
  () => process.exit(0),
  async (error: unknown) => {
    await send({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
    process.exit(0);
  },
);
