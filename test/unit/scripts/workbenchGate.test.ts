import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbenchGate, type WorkbenchGate } from '../../../scripts/vscode/workbenchGate.mjs';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

describe('the address that npm start prints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'youtu-test-'));
  let editor: Server;
  let gate: WorkbenchGate;

  before(async () => {
    const socketPath = join(folder, 'socket');
    editor = createServer((incoming, response) => response.end(`editor ${incoming.method} ${incoming.url}`));
    editor.on('upgrade', (_incoming, socket) =>
      socket.end(
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\nhello',
      ),
    );
    await once(editor.listen(socketPath), 'listening');
    gate = await openWorkbenchGate({ socketPath });
  });

  after(() => {
    gate.close();
    editor.close();
    rmSync(folder, { recursive: true });
  });

  function ask(
    path: string,
    { headers = {}, method = 'GET' }: { headers?: Record<string, string>; method?: string } = {},
  ): Promise<Answer> {
    const { host, port } = new URL(gate.url);
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } });
      const collect = (incoming: IncomingMessage, head = ''): void => {
        let text = head;
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, text, headers: incoming.headers }),
        );
      };
      outgoing.on('response', (incoming) => collect(incoming));
      outgoing.on('upgrade', (incoming, socket, head) => {
        socket.destroy();
        resolve({ status: incoming.statusCode ?? 0, text: head.toString(), headers: incoming.headers });
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
  }

  const pathOf = (address: string): string => address.slice(gate.url.length);

  /** The cookie of a browser that has opened a new address. */
  async function openBrowser(): Promise<{ cookie: string; origin: string }> {
    const { headers } = await ask(pathOf(gate.addressFor(`${gate.url}/?folder=/a`)));
    return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '', origin: gate.url };
  }

  it('is on a random port of the loopback interface', () => {
    assert.match(gate.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('leads nowhere without a token', async () => {
    const { status, text } = await ask('/?folder=/a');
    assert.equal(status, 401);
    assert.match(text, /Open the address that `npm start` printed/);
  });

  it('exchanges a token for a cookie that scripts and other sites don’t get', async () => {
    const { status, headers } = await ask(pathOf(gate.addressFor(`${gate.url}/?folder=/a&x=1`)));
    assert.equal(status, 302);
    assert.equal(headers.location, '/?folder=%2Fa&x=1');
    assert.match(headers['set-cookie']?.[0] ?? '', /; HttpOnly; SameSite=Strict; Path=\/$/);
    assert.equal(headers['referrer-policy'], 'no-referrer');
  });

  it('works once', async () => {
    const address = pathOf(gate.addressFor(`${gate.url}/`));
    assert.equal((await ask(address)).status, 302);
    assert.equal((await ask(address)).status, 401);
  });

  it('passes requests with the cookie to the editor', async () => {
    const { cookie } = await openBrowser();
    const { status, text } = await ask('/static/a.js?b', { headers: { cookie } });
    assert.equal(status, 200);
    assert.equal(text, 'editor GET /static/a.js?b');
  });

  it('refuses a wrong token and a wrong cookie', async () => {
    const { cookie } = await openBrowser();
    assert.equal((await ask('/?token=AAAA')).status, 401);
    assert.equal((await ask('/', { headers: { cookie: `${cookie}x` } })).status, 401);
    assert.equal((await ask('/', { headers: { cookie: `${cookie.split('=')[0]}=` } })).status, 401);
  });

  it('refuses other names for this machine, with the cookie too', async () => {
    const { cookie } = await openBrowser();
    const { port } = new URL(gate.url);
    for (const host of [
      'attacker.example',
      `attacker.example:${port}`,
      '127.0.0.1',
      `127.0.0.1.example:${port}`,
    ])
      assert.equal((await ask('/', { headers: { cookie, host } })).status, 421, host);
  });

  it('refuses changes and WebSockets from other pages', async () => {
    const { cookie, origin } = await openBrowser();
    for (const other of ['http://attacker.example', 'http://127.0.0.1:3000', 'null'])
      assert.equal(
        (await ask('/', { method: 'POST', headers: { cookie, origin: other } })).status,
        403,
        other,
      );
    const upgrade = { connection: 'upgrade', upgrade: 'websocket', cookie };
    assert.equal((await ask('/', { headers: upgrade })).status, 403);
    assert.equal(
      (await ask('/', { headers: { ...upgrade, origin: 'http://attacker.example' } })).status,
      403,
    );
    assert.equal((await ask('/', { headers: { ...upgrade, cookie: '', origin } })).status, 401);
    assert.equal((await ask('/', { headers: { ...upgrade, origin } })).status, 101);
    assert.equal((await ask('/', { method: 'POST', headers: { cookie, origin } })).text, 'editor POST /');
  });
});
