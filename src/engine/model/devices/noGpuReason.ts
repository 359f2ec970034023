import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { NoGpuReason } from '../../../protocol/status.js';
import { mayHaveGpu, THIS_MACHINE, type GpuMachine } from './driverKey.js';

/** Why a machine that has a GPU may show none of it; `undefined` where nothing is known. */
export async function noGpuReason(machine: GpuMachine = THIS_MACHINE): Promise<NoGpuReason | undefined> {
  const { platform, root } = machine;
  if (platform !== 'linux') return undefined;
  const version = await readFile(`${root}/proc/version`, 'utf8').catch(() => '');
  if (/microsoft/i.test(version)) return existsSync(`${root}/dev/dxg`) ? 'wslDrivers' : 'wslDevice';
  const isContainer = ['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(root + path));
  return isContainer && !(await mayHaveGpu(machine)) ? 'container' : undefined;
}
