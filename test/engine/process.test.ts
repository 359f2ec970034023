import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

  it('ends when its parent process is killed', async () => {
    // A parent that starts the engine as an extension host does, sends its id and waits forever.
    const script = `
      const { fork } = require('node:child_process');
      const child = fork(${JSON.stringify(ENGINE_MODULE)}, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
      child.on('message', () => console.log(child.pid));
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const enginePid = Number(line.toString().trim().split('\n')[0]);
    assert.ok(isAlive(enginePid));
    parent.kill('SIGKILL');
    for (let i = 0; i < 50 && isAlive(enginePid); i++) await sleep(100);
    assert.equal(isAlive(enginePid), false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
