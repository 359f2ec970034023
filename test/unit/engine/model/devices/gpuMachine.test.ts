import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  driverKey,
  hasBuild,
  mayHaveGpu,
  packagePlaces,
  type GpuMachine,
  noGpuReason,
} from '../../../../../src/engine/model/devices/gpuMachine.js';

describe('what a machine shows of its GPUs', () => {
  let machine: GpuMachine;

  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), 'youtu-machine-'));
    machine = { platform: 'linux', arch: 'x64', env: {}, root };
  });
  afterEach(() => rm(machine.root, { recursive: true, force: true }));

  async function write(path: string, text = ''): Promise<void> {
    await mkdir(dirname(machine.root + path), { recursive: true });
    await writeFile(machine.root + path, text);
  }

  it('shows none without its files, so that nothing is tried', async () => {
    assert.equal(await mayHaveGpu(machine), false);
    await write('/dev/dri/card0');
    assert.equal(await mayHaveGpu(machine), false);
    await write('/dev/dri/renderD128');
    assert.equal(await mayHaveGpu(machine), true);
  });

  it('shows one of NVIDIA, of WSL, or one in software that a variable names', async () => {
    assert.equal(await mayHaveGpu({ ...machine, env: { GGML_VK_VISIBLE_DEVICES: '0' } }), true);
    await write('/dev/dxg');
    assert.equal(await mayHaveGpu(machine), true);
    assert.equal(await mayHaveGpu({ ...machine, platform: 'win32', root: '/nowhere' }), true);
  });

  it('has another key after a change of driver, card, variable or library', async () => {
    const keys = [await driverKey('3.0.0', machine)];
    assert.equal(await driverKey('3.0.0', machine), keys[0]);
    keys.push(await driverKey('3.0.1', machine));
    keys.push(await driverKey('3.0.0', { ...machine, env: { CUDA_VISIBLE_DEVICES: '1' } }));
    await write('/proc/driver/nvidia/version', 'NVRM 550.1');
    keys.push(await driverKey('3.0.0', machine));
    await write('/proc/driver/nvidia/version', 'NVRM 560.2');
    keys.push(await driverKey('3.0.0', machine));
    await write('/usr/share/vulkan/icd.d/radeon.json', '{}');
    keys.push(await driverKey('3.0.0', machine));
    await write('/sys/class/drm/card0/device/vendor', '0x10de');
    keys.push(await driverKey('3.0.0', machine));
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(await driverKey('3.0.0', { ...machine, env: { HOME: '/x' } }), keys.at(-1));
  });

  it('has a build where its package lies, above this file or elsewhere', async () => {
    await write('/app/node_modules/@node-llama-cpp/linux-x64-vulkan/package.json');
    const places = packagePlaces(`${machine.root}/app/dist/engine`);
    assert.equal(hasBuild('vulkan', places, machine), true);
    assert.equal(hasBuild('cuda', places, machine), false);
    assert.equal(hasBuild('vulkan', places, { platform: 'win32', arch: 'x64' }), false);
    await write('/data/cuda/node_modules/@node-llama-cpp/linux-x64-cuda/package.json');
    assert.equal(hasBuild('cuda', [...places, `${machine.root}/data/cuda`], machine), true);
  });

  it('says why a GPU may be out of sight: WSL without drivers or device, a container', async () => {
    assert.equal(await noGpuReason(machine), undefined);
    await write('/.dockerenv');
    assert.equal(await noGpuReason(machine), 'container');
    await write('/proc/version', 'Linux version 5.15.90-microsoft-standard-WSL2');
    assert.equal(await noGpuReason(machine), 'wslDevice');
    await write('/dev/dxg');
    assert.equal(await noGpuReason(machine), 'wslDrivers');
    assert.equal(await noGpuReason({ ...machine, platform: 'darwin' }), undefined);
  });
});
