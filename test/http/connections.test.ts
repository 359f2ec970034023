import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer } from './support/servers.js';

const BODY = JSON.stringify({ prompt: 'Say hi.', max_tokens: 1 });

function post(path: string, body: string, headers = ''): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`;
}

describe('connections as programs make them', function () {
  this.timeout(60_000);
  let server: ServeProcess;
  const sockets: Socket[] = [];
  before(async () => (server = await coderServer()));
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  const open = async (localAddress = '127.0.0.1'): Promise<Socket> => {
    const socket = connect({ port: server.port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  /** What comes until `pattern` is in it. */
  const until = async (socket: Socket, pattern: RegExp): Promise<string> => {
    let text = '';
    for await (const piece of socket) {
      text += (piece as Buffer).toString();
      if (pattern.test(text)) return text;
    }
    return assert.fail(`never ${pattern}: ${text.slice(0, 500)}`);
  };

  it('may send the next requests before the answers have come, which keep their order', async () => {
    const socket = await open();
    socket.write(
      `${post('/chat', BODY)}GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n${post('/none', '{}')}`,
    );
    const text = await until(socket, /There is no route/);
    assert.match(text, /"response"[^]*"object":"list"[^]*There is no route \/none/);
  });

  it('end with the client’s side, as when it has gone: its answer is given up', async () => {
    const socket = await open();
    socket.end(post('/chat', JSON.stringify({ prompt: 'Write a story.', max_tokens: 2000 })));
    socket.resume();
    await once(socket, 'end');
    for (let i = 0; i < 200 && (await server.metric('requests_running')) > 0; i++) await sleep(50);
    assert.equal(await server.metric('requests_running'), 0);
  });

  it('may wait for leave to send a body, and may add trailers to one in chunks', async () => {
    const socket = await open();
    const head = 'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    socket.write(`${head}Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`);
    const [leave] = (await once(socket, 'data')) as [Buffer];
    assert.match(leave.toString(), /^HTTP\/1.1 100 Continue/);
    socket.write(BODY);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /200 OK/);
    const chunked = await open();
    chunked.write(`${head}Transfer-Encoding: chunked\r\nTrailer: X-Checksum\r\n\r\n`);
    chunked.write(`${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\nX-Checksum: 1\r\n\r\n`);
    assert.match(await until(chunked, /"usage"/), /200 OK/);
  });

  for (const [what, request, status] of [
    [
      'headers of 64 KB',
      `GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(65_536)}\r\n\r\n`,
      431,
    ],
    [
      'a length and chunks at once',
      'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'two lengths',
      'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
      400,
    ],
    [
      'a length that is no number',
      'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n',
      400,
    ],
    [
      'a length below zero',
      'POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n',
      400,
    ],
    // What is beyond the length is the next request, and none.
    ['a length that is too short', post('/chat', BODY).replace(/Length: \d+/, 'Length: 5'), 400],
  ] as const)
    it(`are told of ${what}, and end`, async () => {
      const socket = await open();
      socket.write(request);
      assert.match(await until(socket, /^HTTP\/1.1 \d/m), new RegExp(`^HTTP/1.1 ${status}`));
    });

  it('may be 1,000 that say nothing: others are answered, and all later', async () => {
    const idle = await Promise.all(Array.from({ length: 1000 }, () => open()));
    const other = await open('127.0.0.2');
    other.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    assert.match(await until(other, /"status"/), /200 OK/);
    for (const socket of idle) socket.destroy();
    for (let i = 0; i < 100; i++) {
      const isBack = await fetch(`${server.url}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isBack) return;
      await sleep(50);
    }
    assert.fail('never answered again');
  });
});
