import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { limitSockets } from '../../../../src/engine/http/sockets.js';

const STALLED_MS = 150;
const PAGE = 'x'.repeat(500_000);

describe('the connections of a server', () => {
  let server: Server;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    server = createServer((request, response) => {
      // An answer in the making takes longer than a client may leave one unread.
      if (request.url === '/slow') setTimeout(() => response.end('done'), 4 * STALLED_MS);
      else response.end(PAGE);
    });
    limitSockets(server, { connections: 20, connectionsOfAddress: 10, stalledMs: STALLED_MS });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const open = async (localAddress = '127.0.0.1'): Promise<Socket> => {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

  it('end when the client reads nothing of what it asked for', async () => {
    const socket = await open();
    socket.pause();
    // More than the buffers of both ends take.
    socket.write(get('/page').repeat(200));
    await sleep(6 * STALLED_MS);
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
    socket.resume();
    await once(socket, 'close');
    assert.ok(bytes < 200 * PAGE.length, 'everything was sent');
  });

  it('stay while an answer is in the making, however long that takes', async () => {
    const socket = await open();
    socket.write(get('/slow'));
    let text = '';
    socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
    await sleep(6 * STALLED_MS);
    assert.match(text, /200 OK[^]*done/);
  });

  it('are bounded for each address, so that others can connect', async () => {
    const own = await Promise.all(Array.from({ length: 15 }, () => open()));
    for (const socket of own) socket.resume();
    const refused = (): number => own.filter(({ closed }) => closed).length;
    for (let i = 0; i < 500 && refused() < 5; i++) await sleep(10);
    const other = await open('127.0.0.2');
    other.write(get('/page'));
    const [bytes] = (await once(other, 'data')) as [Buffer];
    assert.match(bytes.toString(), /^HTTP\/1.1 200/);
    assert.equal(refused(), 5);
  });
});
