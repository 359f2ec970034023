import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { StartServerRequest, StopServerRequest } from '../../src/protocol/server.js';
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
