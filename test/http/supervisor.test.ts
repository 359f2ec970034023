import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { allocatorEnvironment } from '../../src/protocol/allocator.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { ServeProcess } from './support/serveProcess.js';

async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await is()) return;
    await sleep(50);
  }
  assert.fail(`never: ${what}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the server’s supervisor', function () {
  this.timeout(120_000);
  let server: ServeProcess;
  beforeEach(async () => {
    server = await ServeProcess.start(['--model', await scriptedCoder(), '--context', '512']);
  });

  const isReady = async (): Promise<boolean> =>
    fetch(`${server.url}/health`).then(
      ({ status }) => status === 200,
      () => false,
    );
  const ask = async (): Promise<number> =>
    (await server.post('/chat', { prompt: 'Say hi.', max_tokens: 3 })).status;

  for (const [what, signal] of [
    ['dies', 'SIGKILL'],
    // Nothing in the process can notice that it was stopped, as with a native call that doesn't return.
    ['hangs', 'SIGSTOP'],
  ] as const) {
    it(`starts the server again at the same address when it ${what}`, async () => {
      assert.equal(await ask(), 200);
      const before = server.servingPid;
      process.kill(before, signal);
      await until('a new process', () => ![before, 0].includes(server.servingPid));
      await until('ready', isReady);
      assert.equal(await ask(), 200);
      assert.equal(isAlive(before), false);
      assert.match(server.said, what === 'hangs' ? /The server hangs/ : /ended by SIGKILL.*started again/);
      assert.match(server.said, new RegExp(`The server is back at ${server.url}`));
      assert.equal(await server.stop(), 0);
    });
  }

  it('lets the server’s allocator give memory back', async () => {
    const variables = readFileSync(`/proc/${server.servingPid}/environ`, 'utf8').split('\0');
    for (const [name, value] of Object.entries(allocatorEnvironment(process.env)))
      assert.ok(variables.includes(`${name}=${value}`), name);
    assert.equal(await server.stop(), 0);
  });

  it('stops the server with itself, in order', async () => {
    const serving = server.servingPid;
    const answer = server.post('/chat', { prompt: 'Write a story.', max_tokens: 100 });
    await until('running', async () => (await server.metric('requests_running')) > 0);
    assert.equal(await server.stop(), 0);
    assert.equal((await answer).status, 200);
    assert.equal(isAlive(serving), false);
  });

  it('takes the server with it when it is killed', async () => {
    const serving = server.servingPid;
    process.kill(server.pid, 'SIGKILL');
    await until('gone', () => !isAlive(serving));
  });
});

describe('a server that can’t start', () => {
  it('ends with its own status and sentence instead of being started again', async () => {
    const first = await ServeProcess.start(['--model', await scriptedCoder()]);
    const second = ServeProcess.start(['--model', await scriptedCoder(), '--port', String(first.port)]);
    await assert.rejects(second, (error: Error) => {
      assert.match(error.message, /ended with 1/);
      assert.match(error.message, /in use by another program/);
      assert.doesNotMatch(error.message, /started again/);
      return true;
    });
    assert.equal(await first.stop(), 0);
  });
});
