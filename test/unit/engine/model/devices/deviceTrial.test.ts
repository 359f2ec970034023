import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryDevice, type TrialResult } from '../../../../../src/engine/model/devices/deviceTrial.js';

describe('the trial of a GPU', function () {
  this.timeout(30_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-trial-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Runs a stand-in for the process that loads llama.cpp. */
  async function run(script: string, maxMs = 20_000): Promise<TrialResult | undefined> {
    const module = join(folder, 'trial.mjs');
    await writeFile(
      module,
      `const send = (message) => new Promise((resolve) => process.send(message, resolve));
      const found = (...names) => send({ kind: 'found', names, isSoftware: names[0] === 'llvmpipe' });
      const speed = (on, prefill, decode) => send({ kind: 'speed', on, prefill, decode });
      ${script}
      process.disconnect();`,
    );
    return tryDevice('vulkan', 2, { module, maxMs });
  }

  it('passes one that is faster than the CPU', async () => {
    const result = await run(
      `await found('Card'); await speed('gpu', 2000, 90); await speed('cpu', 200, 20);`,
    );
    assert.deepEqual(result, { verdict: 'good', name: 'Card', detail: '' });
  });

  it('finds one slower than the CPU', async () => {
    const result = await run(`await found('Old'); await speed('gpu', 50, 9); await speed('cpu', 200, 20);`);
    assert.equal(result?.verdict, 'slower');
    assert.match(result.detail, /CPU 4\.16 s/);
  });

  it('counts what a prompt and an answer take together', async () => {
    const result = await run(
      `await found('Card'); await speed('gpu', 800, 15); await speed('cpu', 200, 20);`,
    );
    assert.equal(result?.verdict, 'good');
  });

  it('survives a process that aborts while it evaluates', async () => {
    const result = await run(`await found('Card'); process.abort();`);
    assert.equal(result?.verdict, 'crashed');
    assert.equal(result.name, 'Card');
    assert.match(result.detail, /SIGABRT|exit code/);
  });

  it('survives a process that is ended by a fault, with what it said last', async () => {
    const result = await run(`process.stderr.write('vk: device lost'); process.kill(process.pid, 'SIGSEGV');
      await new Promise(() => setTimeout(() => {}, 60_000));`);
    assert.equal(result?.verdict, 'crashed');
    assert.match(result.detail, /SIGSEGV.*device lost/);
  });

  it('ends a process that hangs', async () => {
    const result = await run(`await found('Card'); for (;;);`, 1500);
    assert.equal(result?.verdict, 'hung');
  });

  it('keeps what a process has shown that hangs afterwards', async () => {
    const result = await run(`await found('Card'); await speed('gpu', 1, 1); for (;;);`, 1500);
    assert.equal(result?.verdict, 'good');
  });

  it('tells a failure that the process has reported', async () => {
    const result = await run(`await send({ kind: 'failed', detail: 'no such thing' });`);
    assert.deepEqual(result, { verdict: 'failed', name: undefined, detail: 'no such thing' });
  });

  it('recognises a build without a device, and a device that is the CPU', async () => {
    assert.equal((await run('await found();'))?.verdict, 'noDevice');
    assert.equal((await run(`await found('llvmpipe');`))?.verdict, 'software');
  });

  it('says nothing where there is no program to try it with', async () => {
    assert.equal(await tryDevice('vulkan', 2, { module: join(folder, 'none.mjs') }), undefined);
  });
});
