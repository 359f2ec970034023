import type { DeviceInfo } from '../protocol/status.js';

/** Where a model runs, in words. */
export function deviceText({ kind, name, offloadedLayers, totalLayers, build }: DeviceInfo): string {
  if (kind === 'cpu') return `on the CPU (${build})`;
  return `${offloadedLayers} of ${totalLayers} layers on ${name ?? kind} (${build})`;
}
