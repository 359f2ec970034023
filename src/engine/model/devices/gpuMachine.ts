import type { NoGpuReason } from '../../../protocol/status.js';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GpuKind } from './deviceRecords.js';

/** What is looked at of a machine. */
export interface GpuMachine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Before all absolute paths; empty on a real machine. */
  readonly root: string;
}

export const THIS_MACHINE: GpuMachine = {
  platform: process.platform,
  arch: process.arch,
  env: process.env,
  root: '',
};

/** They choose among devices, or show one that is otherwise hidden. */
const VARIABLES = /^(?:GGML_VK_|GGML_CUDA_|CUDA_VISIBLE_|VK_|HIP_VISIBLE_|NVIDIA_VISIBLE_)/;
const DRIVER_FOLDERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/lib/wsl/lib', '/dev/dri'];
const DRIVER_FILES = ['nvcuda.dll', 'vulkan-1.dll', 'DriverStore/FileRepository'];

/**
 * Whether a GPU may be there, without loading anything: where this says no, none is. On Linux each has a file in /dev;
 * llama.cpp's devices in software are used only when a variable names them.
 */
export async function mayHaveGpu({ platform, env, root }: GpuMachine = THIS_MACHINE): Promise<boolean> {
  if (platform !== 'linux') return true;
  if (env['GGML_VK_VISIBLE_DEVICES']) return true;
  if (['/dev/dxg', '/dev/nvidiactl', '/dev/kfd'].some((path) => existsSync(root + path))) return true;
  return (await listing(`${root}/dev/dri`)).some((name) => name.startsWith('renderD'));
}

/**
 * What a trial's result depends on, read from files that change with a driver or a device; a trial is made again when
 * one of them has changed.
 * @param library version of node-llama-cpp
 */
export async function driverKey(library: string, machine: GpuMachine = THIS_MACHINE): Promise<string> {
  const { platform, arch, env, root } = machine;
  const variables = Object.entries(env).filter(([name]) => VARIABLES.test(name));
  const facts = [
    `${platform}-${arch}`,
    library,
    // Of macOS, the drivers come with the system.
    platform === 'darwin' ? release() : '',
    ...variables.map(([name, value]) => `${name}=${value ?? ''}`).sort(),
    ...(platform === 'linux' ? await linuxFacts(root) : []),
    ...(platform === 'win32' ? await windowsFacts(root, env['SystemRoot'] ?? 'C:\\Windows') : []),
  ];
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 24);
}

async function linuxFacts(root: string): Promise<readonly string[]> {
  const nvidia = await readFile(`${root}/proc/driver/nvidia/version`, 'utf8').catch(() => '');
  const folders = DRIVER_FOLDERS.map(async (folder) => {
    const names = (await listing(root + folder)).sort();
    // A package that is updated writes its files again.
    const times = names.map((name) => modified(join(root + folder, name)));
    return folder === '/dev/dri' ? names.join() : (await Promise.all(times)).join();
  });
  const cards = (await listing(`${root}/sys/class/drm`)).filter((name) => /^card\d+$/.test(name)).sort();
  const ids = cards.map(async (card) => {
    const read = (part: string): Promise<string> =>
      readFile(`${root}/sys/class/drm/${card}/device/${part}`, 'utf8').catch(() => '');
    return (await Promise.all([read('vendor'), read('device')])).join(':').trim();
  });
  return [nvidia, ...(await Promise.all(folders)), ...(await Promise.all(ids))];
}

async function windowsFacts(root: string, system: string): Promise<readonly string[]> {
  return Promise.all(DRIVER_FILES.map((file) => modified(join(root + system, 'System32', file))));
}

async function modified(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size }) => `${path} ${mtimeMs} ${size}`,
    () => '',
  );
}

function listing(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'win', darwin: 'mac' };

/**
 * Whether llama.cpp's build for a GPU is installed: a folder beside the library or in another place where it is found.
 * @param places folders with a node_modules
 */
export function hasBuild(
  device: GpuKind,
  places: readonly string[],
  { platform, arch }: Pick<GpuMachine, 'platform' | 'arch'> = THIS_MACHINE,
): boolean {
  // Metal is a part of the only build for these machines.
  const name = `${PLATFORMS[platform] ?? platform}-${arch}-${device}`;
  return places.some((place) => existsSync(join(place, 'node_modules', '@node-llama-cpp', name)));
}

/** Folders in which Node looks for a package that this file imports. */
export function packagePlaces(from = dirname(fileURLToPath(import.meta.url))): readonly string[] {
  const parent = dirname(from);
  return parent === from ? [from] : [from, ...packagePlaces(parent)];
}

/** Why a machine that has a GPU may show none of it; `undefined` where nothing is known. */
export async function noGpuReason(machine: GpuMachine = THIS_MACHINE): Promise<NoGpuReason | undefined> {
  const { platform, root } = machine;
  if (platform !== 'linux') return undefined;
  const version = await readFile(`${root}/proc/version`, 'utf8').catch(() => '');
  if (/microsoft/i.test(version)) return existsSync(`${root}/dev/dxg`) ? 'wslDrivers' : 'wslDevice';
  const isContainer = ['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(root + path));
  return isContainer && !(await mayHaveGpu(machine)) ? 'container' : undefined;
}
