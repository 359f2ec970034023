import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import type { ProbeResult, ProbeTask } from './support/deviceProbe.js';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();
const PROBE = join(ROOT, 'out/probes/deviceProbe.mjs');
/** `npm test` installs Debian's software implementation; the Vulkan build is for x64 only. */
const HAS_SOFTWARE_VULKAN = process.platform === 'linux' && process.arch === 'x64';
/** Makes llama.cpp use the software Vulkan device (Debian's mesa-vulkan-drivers), which it skips by default. */
const SOFTWARE_VULKAN = { GGML_VK_VISIBLE_DEVICES: '0' };
const ANSWER = 'yellow fruit';

describe('the device of a model', function () {
  this.timeout(120_000);
  let path: string;

  before(async function () {
    if (!HAS_SOFTWARE_VULKAN) this.skip();
    await build({
      entryPoints: [join(ROOT, 'test/engine/support/deviceProbe.ts')],
      outfile: PROBE,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    });
    path = await makeTinyModel({
      architecture: 'llama',
      infill: true,
      replies: [{ after: '<|fim_middle|>', cue: 'banana', text: ANSWER }],
    });
  });

  /** Loads the model for each choice in a new process; also returns the output of that process. */
  async function probe(
    gpus: ProbeTask['gpus'],
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ results: ProbeResult[]; stdout: string }> {
    const task: ProbeTask = { path, gpus, prompt: 'def banana(x):<|fim_middle|>' };
    const child = fork(PROBE, [JSON.stringify(task)], {
      cwd: ROOT,
      env: { ...withoutDevices(), ...env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    assert.ok(child.stdout !== null && child.stderr !== null);
    const [message, stdout, stderr] = await Promise.all([
      Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])]),
      text(child.stdout),
      text(child.stderr),
    ]);
    assert.ok(message[0] !== undefined, `the process ended without an answer: ${stderr}`);
    return { results: message[0] as ProbeResult[], stdout };
  }

  it('is the Vulkan device, with all layers and the same output as on the CPU', async () => {
    const { results } = await probe(['vulkan', 'off'], SOFTWARE_VULKAN);
    const [vulkan, cpu] = results;
    assert.equal(vulkan?.device.kind, 'vulkan');
    assert.match(vulkan.device.name ?? '', /llvmpipe/);
    assert.ok(vulkan.device.totalLayers > 0);
    assert.equal(vulkan.device.offloadedLayers, vulkan.device.totalLayers);
    assert.ok((vulkan.device.videoMemoryBytes ?? 0) > 0);
    assert.match(vulkan.device.build, new RegExp(`-${process.arch}-vulkan\\b`));
    assert.equal(vulkan.text, ANSWER);
    assert.equal(cpu?.device.kind, 'cpu');
    assert.equal(cpu.text, vulkan.text);
  });

  it('is the Vulkan device by default', async () => {
    const { results } = await probe(['auto'], SOFTWARE_VULKAN);
    assert.equal(results[0]?.device.kind, 'vulkan');
  });

  it('is the CPU where the Vulkan build finds no device, with a reason', async () => {
    const { results } = await probe(['vulkan']);
    const [{ device, text: said, warnings } = assert.fail()] = results;
    assert.equal(device.kind, 'cpu');
    assert.equal(device.name, undefined);
    assert.equal(device.videoMemoryBytes, undefined);
    assert.equal(device.offloadedLayers, 0);
    assert.doesNotMatch(device.build, /vulkan/);
    assert.equal(said, ANSWER);
    assert.match(warnings.join('\n'), /vulkan.*no device/);
  });

  it('is the CPU where the requested build is missing, with a reason', async () => {
    const { results } = await probe(['cuda', 'metal']);
    for (const [index, gpu] of ['cuda', 'metal'].entries()) {
      assert.equal(results[index]?.device.kind, 'cpu');
      assert.match(results[index].warnings.join('\n'), new RegExp(`${gpu}.*using the CPU`));
    }
  });

  it('is the CPU where GPUs are disabled', async () => {
    const { results } = await probe(['off'], SOFTWARE_VULKAN);
    const [{ device, warnings } = assert.fail()] = results;
    assert.deepEqual([device.kind, device.offloadedLayers], ['cpu', 0]);
    assert.match(device.build, new RegExp(`-${process.arch} \\(llama\\.cpp `));
    assert.deepEqual(warnings, []);
  });

  it('can be changed at run time, without output on stdout', async () => {
    const { results, stdout } = await probe(['auto', 'off', 'vulkan', 'cuda', 'auto'], SOFTWARE_VULKAN);
    assert.deepEqual(
      results.map(({ device }) => device.kind),
      // Without CUDA's build Vulkan is taken, which knows the same cards.
      ['vulkan', 'cpu', 'vulkan', 'vulkan', 'vulkan'],
    );
    assert.ok(results.every(({ text: said }) => said === ANSWER));
    assert.equal(stdout, '');
  });
});

/** This process's environment without variables that hide or select devices. */
function withoutDevices(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GGML_VK_')));
}
