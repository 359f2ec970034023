import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartServerRequest, StopServerRequest } from '../../src/protocol/server.js';
import { ServeProcess } from '../http/support/serveProcess.js';
import { EngineProcess } from './support/engineProcess.js';
import { testModel } from './support/testModels.js';

/** Memory that the system can't reclaim, in megabytes. */
function ownMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1]) / 1000;
}

describe('starting, asking and stopping the HTTP server', function () {
  this.timeout(240_000);

  it('takes no more memory each time', async () => {
    const engine = await EngineProcess.start({ chatModel: await testModel('smollm2-135m'), gpu: 'off' });
    const round = async (): Promise<number> => {
      const { url } = await engine.connection.sendRequest<{ url: string }>(StartServerRequest.method, {
        host: '127.0.0.1',
        port: 0,
      });
      const response = await fetch(`${url}/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ prompt: 'Say hi.', max_tokens: 2 }),
      });
      assert.equal(response.status, 200);
      await response.text();
      await engine.connection.sendRequest(StopServerRequest.method);
      return ownMegabytes(engine.child.pid ?? 0);
    };
    const first = await round();
    await round();
    const second = await round();
    // One server's caches for this model take 360 MB.
    const last = [await round(), await round(), await round()].at(-1) ?? Infinity;
    assert.ok(last - second < 100, `${first}, ${second}, ${last} MB`);
    assert.equal(await engine.stop(), 0);
  });
});

describe('a server that nothing is asked of', function () {
  this.timeout(240_000);

  it('gives the memory of its KV caches back, and answers again', async () => {
    const model = await testModel('smollm2-135m');
    const server = await ServeProcess.start(['--model', model, '--sleep-idle-seconds', '1']);
    const ask = (): Promise<{ response: string }> =>
      server.ask('/chat', { prompt: 'Say hi.', max_tokens: 4, temperature: 0 });
    const { response } = await ask();
    let peak = 0;
    // One server's caches for this model take 360 MB.
    for (let i = 0; i < 600; i++) {
      const now = ownMegabytes(server.servingPid);
      peak = Math.max(peak, now);
      if (peak - now > 200) break;
      await sleep(50);
    }
    assert.ok(peak - ownMegabytes(server.servingPid) > 200, `${peak} MB stay`);
    assert.equal((await ask()).response, response);
    assert.equal(await server.stop(), 0);
  });
});
