import assert from 'node:assert/strict';
import { request } from 'node:http';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { ServeProcess } from './support/serveProcess.js';
import { coderServer, keyedServer } from './support/servers.js';

/** Sends headers that fetch doesn't let through; resolves to the status. */
function send(
  server: ServeProcess,
  headers: Readonly<Record<string, string>>,
  path = '/v1/models',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('access to the server', function () {
  this.timeout(60_000);
  let open: ServeProcess;
  let keyed: ServeProcess;
  before(async () => {
    open = await coderServer();
    keyed = await keyedServer();
  });

  it('is denied for another host name, as with DNS rebinding', async () => {
    assert.equal(await send(open, { host: 'evil.example' }), 403);
    assert.equal(await send(open, { host: `evil.example:${open.port}` }), 403);
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])
      assert.equal(await send(open, { host: `${host}:${open.port}` }), 200, host);
  });

  it('is denied for a page of another site', async () => {
    const host = `localhost:${open.port}`;
    for (const origin of [
      'https://evil.example',
      'null',
      `http://localhost:${open.port + 1}`,
      'http://localhost',
    ])
      assert.equal(await send(open, { host, origin }), 403, origin);
    assert.equal(await send(open, { host, origin: `http://${host}` }), 200);
    assert.equal(
      await send(open, { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }),
      403,
    );
    assert.equal(await send(open, { host, 'sec-fetch-site': 'same-origin' }), 200);
    // Following a link to the page is allowed.
    assert.equal(
      await send(open, { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, '/health'),
      200,
    );
  });

  it('requires the API key where one is set', async () => {
    const host = 'some.machine';
    assert.equal(await send(keyed, { host }), 401);
    for (const authorization of [
      'Bearer wrong',
      'Bearer ',
      'Basic YTpi',
      'Bearer a secret and more',
      'a secret',
    ])
      assert.equal(await send(keyed, { host, authorization }), 401, authorization);
    assert.equal(await send(keyed, { host, authorization: 'Bearer a secret' }), 200);
    assert.equal(await send(keyed, { host, 'x-api-key': 'a secret' }), 200);
    assert.equal(await send(keyed, { host }, '/metrics'), 401);
    assert.equal(await send(keyed, { host }, '/health'), 200);
  });

  it('returns security headers', async () => {
    const { headers } = await fetch(`${open.url}/health`);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('access-control-allow-origin'), null);
    assert.equal(headers.get('x-powered-by'), null);
  });

  it('is not opened to other machines without a key', async () => {
    const model = await scriptedCoder();
    const starting = ServeProcess.start(['--model', model, '--host', '0.0.0.0'], { YOUTU_API_KEY: '' });
    await assert.rejects(starting, /ended with 1: .*--api-key/s);
  });

  it('fails with a message when the port is in use', async () => {
    const starting = ServeProcess.start(['--port', String(open.port)]);
    await assert.rejects(starting, new RegExp(`ended with 1: Port ${open.port} .* in use`));
  });

  it('reports a model that can’t be loaded, and the server keeps running', async () => {
    const broken = await ServeProcess.start(['--model', '/nowhere/model.gguf']);
    assert.match(broken.said, /File not found: \/nowhere\/model\.gguf/);
    const answer = await broken.post('/chat', { prompt: 'hi' });
    assert.equal(answer.status, 503);
    const health = await fetch(`${broken.url}/health`);
    assert.equal(health.status, 503);
    assert.equal(((await health.json()) as { status: string }).status, 'failed');
    assert.equal(await broken.stop(), 0);
  });
});
