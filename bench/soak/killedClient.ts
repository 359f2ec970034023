import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENGINE_MODULE } from '../../test/engine/support/engineProcess.js';

const MAX_WAIT_MS = 10_000;

/** Kills a client that has started an engine of its own, as when an editor crashes; throws if its engine stays. */
export async function killedClient(module = ENGINE_MODULE): Promise<void> {
  const script = `
    const { fork } = require('node:child_process');
    const engine = fork(${JSON.stringify(module)}, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    engine.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
    engine.on('message', () => console.log(engine.pid));
    setInterval(() => {}, 1000);`;
  const client = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(client.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString().trim().split('\n')[0]);
  client.kill('SIGKILL');
  for (let waited = 0; waited < MAX_WAIT_MS; waited += 50) {
    if (!isRunning(pid)) return;
    await sleep(50);
  }
  throw new Error(`the engine ${pid} of a killed client still runs after ${MAX_WAIT_MS / 1000} s`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
