import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { ServeProcess } from './support/serveProcess.js';

interface Answer {
  readonly response: string;
}

/** Waits for a condition, with a timeout. */
async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await is()) return;
    await setTimeout(50);
  }
  assert.fail(`timed out: ${what}`);
}

async function raw(server: ServeProcess, text: string): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

describe('many clients', function () {
  this.timeout(180_000);
  let server: ServeProcess;
  before(async () => {
    const model = await scriptedCoder();
    server = await ServeProcess.start(['--model', model, '--parallel', '2', '--queue', '8']);
  });
  after(async () => assert.equal(await server.stop(), 0));

  const ask = async (prompt: string): Promise<string> =>
    (await server.ask<Answer>('/chat', { prompt, max_tokens: 12, temperature: 0 })).response;
  const isIdle = async (): Promise<boolean> => (await server.metric('requests_running')) === 0;

  it('get the same answers as alone', async () => {
    const prompts = ['Name a colour.', 'Name an animal.', 'Name a city.', 'Name a fruit.', 'Name a tool.'];
    const alone = [];
    for (const prompt of prompts) alone.push(await ask(prompt));
    assert.deepEqual(await Promise.all(prompts.map((prompt) => ask(prompt))), alone);
  });

  it('get a retry status when too many wait', async () => {
    const all = await Promise.all(
      Array.from({ length: 16 }, () => server.post('/chat', { prompt: 'Tell me a story.', max_tokens: 400 })),
    );
    const statuses = all.map(({ status }) => status);
    assert.ok(statuses.includes(200) && statuses.includes(429), statuses.join());
    const refused = all.find(({ status }) => status === 429);
    assert.ok(Number(refused?.headers.get('retry-after')) > 0);
    assert.ok(statuses.filter((status) => status === 200).length >= 8);
  });

  it('free their slot when they disconnect, streaming, waiting or not', async () => {
    for (const stream of [true, false]) {
      const leaving = new AbortController();
      const body = { prompt: 'Write a very long story.', max_tokens: 2000, stream };
      const response = server.post('/chat', body, { signal: leaving.signal });
      const read = response.then((response) => response.text()).catch(() => 'left');
      await until('running', async () => !(await isIdle()));
      leaving.abort();
      assert.equal(await read, 'left');
      await until('idle', isIdle);
    }
  });

  it('can send nothing, slowly, or half, without blocking others', async () => {
    const head = 'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const sockets = await Promise.all([
      ...Array.from({ length: 300 }, () => raw(server, '')),
      raw(server, `${head}Content-Length: 100\r\n\r\n{"prompt`),
      raw(server, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"pro`),
      raw(server, 'GARBAGE\r\n\r\n'),
      raw(server, `${head}Content-Length: 100000000\r\n\r\n`),
    ]);
    assert.ok((await ask('Say hi.')).length > 0);
    for (const socket of sockets) socket.destroy();
    assert.ok((await ask('Say hi.')).length > 0);
  });

  it('can stop reading: the text is completed and their slot is freed', async () => {
    const body = JSON.stringify({ prompt: 'Write a long story.', max_tokens: 600, stream: true });
    const socket = await raw(
      server,
      `POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    socket.pause();
    await until('running', async () => !(await isIdle()));
    await until('idle', isIdle);
    socket.destroy();
  });

  it('get the text in progress when the server is stopped', async () => {
    const own = await ServeProcess.start(['--model', await scriptedCoder()]);
    const response = own.post('/chat', { prompt: 'Write a story.', max_tokens: 150 });
    await until('running', async () => (await own.metric('requests_running')) > 0);
    const stopping = own.stop();
    const answer = await response;
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /"response":".+"/);
    assert.equal(await stopping, 0);
    await assert.rejects(own.post('/chat', { prompt: 'hi' }));
  });
});
