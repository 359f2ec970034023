import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReportRequest, type EngineReport } from '../../src/protocol/status.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { ENGINE_MODULE, EngineProcess } from './support/engineProcess.js';

describe('the engine process', function () {
  it('reports models and devices', async () => {
    const engine = await EngineProcess.start({
      completionModel: await scriptedCoder(),
      gpu: 'off',
    });
    await engine.complete(
      '# A line of context, so that there is something to measure.\n'.repeat(8) + 'x = ▮',
      'python',
    );
    const report = await engine.connection.sendRequest<EngineReport>(ReportRequest.method);
    assert.equal(report.pid, engine.child.pid);
    assert.ok(report.status.kind === 'ready');
    const [model] = report.status.models;
    assert.equal(model?.device.kind, 'cpu');
    assert.equal(model.device.offloadedLayers, 0);
    assert.ok((report.speed?.prefill ?? 0) > 0);
    assert.equal(await engine.stop(), 0);
  });

  const states: [what: string, hang: string][] = [
    ['', ''],
    [' while its main thread computes', 'for (;;);'],
    [
      ' while its main thread waits in a call',
      'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
    ],
    // Node's exit waits for it, and runs no timer meanwhile.
    [
      ' while its thread pool is busy with work that doesn’t end',
      "import('node:crypto').then(({ pbkdf2 }) => pbkdf2('a', 'b', 2 ** 31 - 1, 64, 'sha512', () => undefined));",
    ],
  ];
  for (const [what, hang] of states)
    it(`ends within 2 s when its parent process is killed${what}`, async () => {
      const { parent, enginePid } = await startUnderParent(hang);
      await sleep(1500);
      assert.ok(isAlive(enginePid));
      const killed = performance.now();
      parent.kill('SIGKILL');
      while (isAlive(enginePid) && performance.now() - killed < 20_000) await sleep(20);
      const milliseconds = Math.round(performance.now() - killed);
      if (isAlive(enginePid)) process.kill(enginePid, 'SIGKILL');
      assert.ok(milliseconds < 2000, `${milliseconds} ms`);
    });

  it('lives on after a promise was rejected that is never awaited', async () => {
    const preload = `process.on('SIGUSR2', () => void Promise.reject(new Error('lost')));`;
    const engine = await EngineProcess.start({}, { env: { NODE_OPTIONS: importOption(preload) } });
    engine.child.kill('SIGUSR2');
    await sleep(200);
    const report = await engine.connection.sendRequest<EngineReport>(ReportRequest.method);
    assert.equal(report.pid, engine.child.pid);
    assert.equal(await engine.stop(), 0);
  });
});

function importOption(module: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(module)}`;
}

/**
 * A parent that starts the engine as an extension host does, sends its id, has it hang, and waits forever.
 * @param hang code that hangs
 */
async function startUnderParent(hang: string): Promise<{ parent: ChildProcess; enginePid: number }> {
  const preload = `process.on('SIGUSR2', () => { ${hang} });`;
  const script = `
    const { fork } = require('node:child_process');
    const child = fork(${JSON.stringify(ENGINE_MODULE)}, ['--node-ipc'], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [${JSON.stringify(importOption(preload))}],
    });
    child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    child.once('message', () => {
      console.log(child.pid);
      child.kill('SIGUSR2');
    });
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, enginePid: Number(line.toString().trim().split('\n')[0]) };
}

/** A process that has ended counts as gone, even if its new parent hasn't asked for its status yet. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}
