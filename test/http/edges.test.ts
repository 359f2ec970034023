import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer, keyedServer } from './support/servers.js';

const BODY = JSON.stringify({ messages: [{ role: 'user', content: 'hi' }], max_tokens: 1 });
const CHAT = '/v1/chat/completions';

/** The first line of what comes after these bytes. */
function statusLine(server: ServeProcess, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer')));
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      resolve(bytes.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.write(text);
  });
}

describe('requests as proxies and clients make them', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));

  const post = (
    path: string,
    body: string | Buffer<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> =>
    fetch(server.url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  for (const [encoding, body] of [
    ['gzip', gzipSync(BODY)],
    ['x-gzip', gzipSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['identity', Buffer.from(BODY)],
  ] as const)
    it(`may be compressed: ${encoding}`, async () =>
      assert.equal((await post(CHAT, body, { 'content-encoding': encoding })).status, 200));

  it('are refused with the name of an unknown encoding, and with what isn’t that encoding', async () => {
    const unknown = await post(CHAT, BODY, { 'content-encoding': 'zstd' });
    assert.equal(unknown.status, 415);
    assert.match(await unknown.text(), /Content-Encoding \\"zstd\\".*gzip/);
    const twice = await post(CHAT, gzipSync(gzipSync(BODY)), { 'content-encoding': 'gzip, gzip' });
    assert.equal(twice.status, 415);
    const broken = await post(CHAT, BODY, { 'content-encoding': 'gzip' });
    assert.equal(broken.status, 400);
    assert.match(await broken.text(), /not valid gzip/);
  });

  it('may not grow beyond the limit of a body when they are decompressed', async () => {
    const bomb = gzipSync(JSON.stringify({ prompt: ' '.repeat(50_000_000) }));
    assert.ok(bomb.length < 100_000);
    const response = await post('/chat', bomb, { 'content-encoding': 'gzip' });
    assert.equal(response.status, 413);
    assert.match(await response.text(), /decompressed/);
  });

  for (const path of [
    '//v1/chat/completions',
    '/v1//chat/completions',
    `${CHAT}/`,
    `${CHAT}//`,
    '/chat/completions',
  ])
    it(`reach the route with the path ${path}`, async () =>
      assert.equal((await post(path, BODY)).status, 200));

  for (const path of ['/models', '/v1/models/', '//health', '/openapi.json/'])
    it(`reach the route with the path ${path}`, async () =>
      assert.equal((await fetch(server.url + path)).status, 200));

  for (const [path, route] of [
    ['/v1/v1/chat/completions', CHAT],
    ['/openai/deployments/x/chat/completions', CHAT],
    ['/v1/responses', CHAT],
    ['/v1/messages', CHAT],
    ['/api/chat', CHAT],
    ['/v1/chat', CHAT],
    ['/v1/completion', '/v1/completions'],
    ['/v1/infill', '/infill'],
    ['/api/tags', '/v1/models'],
  ] as const)
    it(`to ${path} are told of ${route}`, async () => {
      const response = await post(path, BODY);
      assert.equal(response.status, 404);
      assert.ok((await response.text()).includes(`Did you mean ${route}?`));
    });

  it('need the key whatever their path looks like', async () => {
    const keyed = await keyedServer();
    for (const path of [
      '//metrics',
      '/metrics/',
      '/models',
      '/health/../metrics',
      '//v1/models',
      '/health//../metrics',
    ])
      assert.equal(
        await statusLine(keyed, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
        'HTTP/1.1 401 Unauthorized',
        path,
      );
  });

  it('may be of HTTP/1.0, without a host, as load balancers ask', async () => {
    assert.match(await statusLine(server, 'GET /health HTTP/1.0\r\n\r\n'), / 200 /);
    assert.match(await statusLine(server, 'GET /health HTTP/1.0\r\nHost: evil.example\r\n\r\n'), / 403 /);
  });

  it('may begin with a byte order mark, be sent in chunks, and expect a 100', async () => {
    assert.equal((await post(CHAT, Buffer.from(`\ufeff${BODY}`))).status, 200);
    const head = `POST ${CHAT} HTTP/1.1\r\nHost: LOCALHOST\r\nContent-Type: application/json\r\nConnection: close\r\n`;
    const size = BODY.length.toString(16);
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${size}\r\n${BODY}\r\n0\r\n\r\n`;
    assert.match(await statusLine(server, chunked), / 200 /);
    const expecting = `${head}Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n\r\n`;
    assert.match(await statusLine(server, expecting), / 100 /);
  });

  it('may have half a character in their text', async () => {
    const half = '{"max_tokens": 1, "messages": [{"role": "user", "content": "half \\ud83d of it \\u0000"}]}';
    assert.equal((await post(CHAT, half)).status, 200);
  });
});
