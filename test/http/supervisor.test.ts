import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { allocatorEnvironment } from '../../src/protocol/allocator.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { ServeProcess } from './support/serveProcess.js';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();
/**
 * Loaded into the process that serves, not into those that it starts: after a signal, what llama.cpp should evaluate
 * never ends.
 */
const HANGING = `--import=data:text/javascript,${encodeURIComponent(`
  if (process.env.YOUTU_SERVE_SUPERVISED !== undefined) {
    delete process.env.NODE_OPTIONS;
    const { LlamaContext } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'node_modules/node-llama-cpp/dist/index.js')).href)});
    const { _decodeTokens } = LlamaContext.prototype;
    let hangs = false;
    process.on('SIGUSR2', () => { hangs = true; });
    LlamaContext.prototype._decodeTokens = function (...args) {
      return hangs ? new Promise(() => undefined) : _decodeTokens.apply(this, args);
    };
  }
`)}`;

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
    const args = ['--model', await scriptedCoder(), '--context', '512', '--hang-timeout', '8'];
    server = await ServeProcess.start(args, { NODE_OPTIONS: HANGING });
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
    // As after a fault in a native library.
    ['crashes', 'SIGSEGV'],
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
      assert.match(
        server.said,
        what === 'hangs'
          ? /The server hangs: it does nothing/
          : new RegExp(`ended by ${signal}. It is started again`),
      );
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

  it('says that an evaluation hangs, ends its requests with a sentence, and starts the server again', async () => {
    assert.equal(await ask(), 200);
    const before = server.servingPid;
    // Evaluations don’t end from now on, while the event loop runs.
    process.kill(before, 'SIGUSR2');
    const streaming = server.post('/chat', { prompt: 'Write a story.', stream: true });
    const answers = Promise.all([1, 2, 3].map(() => server.post('/chat', { prompt: 'Say hi.' })));
    let sentence = '';
    await until('a bad health', async () => {
      const response = await fetch(`${server.url}/health`);
      sentence = await response.text();
      return response.status === 503;
    });
    assert.match(sentence, /"status":"stuck".*An evaluation in llama.cpp has taken \d+ s, much longer/);
    for (const response of await answers) {
      assert.equal(response.status, 503);
      assert.match(
        await response.text(),
        /llama.cpp hung while it was answering. The server is started again/,
      );
    }
    assert.match(await (await streaming).text(), /"code":"hung"/);
    await until('a new process', () => ![before, 0].includes(server.servingPid));
    await until('ready', isReady);
    assert.equal(await ask(), 200);
    assert.match(server.said, /The server hangs: an evaluation in llama.cpp has taken \d+ s/);
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
    const started = performance.now();
    await until('gone', () => !isAlive(serving));
    // Two seconds where the machine isn't busy.
    assert.ok(performance.now() - started < 4000);
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
