import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { toApiError } from '../../../../src/engine/http/apiError.js';
import { BodyBudget } from '../../../../src/engine/http/bodyBudget.js';
import { RequestBodies } from '../../../../src/engine/http/requestBodies.js';

const MAX_BYTES = 100_000;

describe('the body of a request', () => {
  let budget: BodyBudget;
  let server: Server;
  /** Bytes that were given out while a body was in use. */
  let usedBytes: number[];
  const sockets: Socket[] = [];

  beforeEach(async () => {
    usedBytes = [];
    budget = new BodyBudget({
      smallBytes: 1000,
      totalBytes: 400_000,
      addressBytes: 200_000,
      maxWaitMs: 5000,
    });
    const bodies = new RequestBodies(budget, MAX_BYTES);
    const app = new Hono();
    app.post('/', async (context) => {
      const body = await bodies.read(context);
      usedBytes.push(budget.usedBytes);
      return context.text(`${body.length} bytes`);
    });
    app.onError((error, context) => {
      const { status, body } = toApiError(error);
      return context.json(body, status);
    });
    server = createAdaptorServer({
      fetch: app.fetch,
      autoCleanupIncoming: false,
      serverOptions: { connectionsCheckingInterval: 50 },
    }) as Server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await released();
  });

  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url(), { method: 'POST', body, headers });
  const open = async (text: string): Promise<Socket> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  };
  const answer = async (socket: Socket): Promise<string> => {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    return bytes.toString();
  };
  const head = (headers: string): string => `POST / HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n`;
  const released = async (): Promise<void> => {
    for (let i = 0; i < 200 && budget.usedBytes > 0; i++) await sleep(10);
    assert.equal(budget.usedBytes, 0);
  };

  for (const [encoding, compress] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const) {
    it(`counts by its decompressed size: ${encoding}`, async () => {
      const response = await post(compress(Buffer.alloc(90_000)), { 'content-encoding': encoding });
      assert.equal(await response.text(), '90000 bytes');
      assert.deepEqual(usedBytes, [90_000]);
    });

    it(`is refused when it is decompressed to more than the limit, as often as it is tried: ${encoding}`, async () => {
      const bomb = compress(Buffer.alloc(50_000_000));
      const all = await Promise.all(
        Array.from({ length: 20 }, () => post(bomb, { 'content-encoding': encoding })),
      );
      for (const response of all) {
        assert.equal(response.status, 413);
        assert.match(await response.text(), /decompressed body is larger than 98 KiB/);
      }
    });
  }

  it('counts with what it has when its length wasn’t declared', async () => {
    const socket = await open(head('Transfer-Encoding: chunked'));
    for (let i = 0; i < 5; i++) socket.write(`1000\r\n${'x'.repeat(4096)}\r\n`);
    socket.write('0\r\nX-Checksum: 1\r\n\r\n');
    assert.match(await answer(socket), /20480 bytes/);
    assert.deepEqual(usedBytes, [20_480]);
  });

  it('may come in chunks of one byte', async () => {
    const socket = await open(head('Transfer-Encoding: chunked'));
    socket.write(`${'1\r\nx\r\n'.repeat(50_000)}0\r\n\r\n`);
    assert.match(await answer(socket), /50000 bytes/);
  });

  it('is read to its end when it is too large, so that its sender sees the answer', async () => {
    const declared = await post(Buffer.alloc(5_000_000));
    assert.equal(declared.status, 413);
    const socket = await open(head('Transfer-Encoding: chunked'));
    const text = answer(socket);
    for (let i = 0; i < 50; i++) socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`);
    socket.write('0\r\n\r\n');
    assert.match(await text, /413/);
    socket.write(`${head('Content-Length: 2')}ab`);
    assert.match(await answer(socket), /2 bytes/);
  });

  it('gives its bytes back when it is trickled, cut off, or shorter than it says', async () => {
    server.requestTimeout = 300;
    server.headersTimeout = 300;
    const trickled = await open(head('Content-Length: 90000'));
    const timer = setInterval(() => trickled.write('x'), 20);
    const closed = once(trickled, 'close');
    trickled.resume();
    const cut = await open(`${head('Content-Length: 90000')}xx`);
    cut.destroy();
    await closed;
    clearInterval(timer);
    await released();
    const short = await open('');
    short.end(`${head('Content-Length: 90000')}xx`);
    assert.match(await answer(short), /400 Bad Request/);
    await released();
  });

  it('waits unread while others take all that is there for its address', async () => {
    const [first, second] = [
      await open(head('Content-Length: 90000')),
      await open(head('Content-Length: 90000')),
    ];
    for (let i = 0; i < 200 && budget.usedBytes < 180_000; i++) await sleep(10);
    const third = post(Buffer.alloc(90_000));
    assert.equal(await Promise.race([third, sleep(50, 'waits')]), 'waits');
    first.destroy();
    second.destroy();
    assert.equal(await (await third).text(), '90000 bytes');
  });
});
