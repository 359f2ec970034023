// The only way to the VS Code that `npm start` opens in a browser: an editor with a terminal, so access to it is
// the user's own. code-server itself listens on a socket in a folder that only the user can enter.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, STATUS_CODES } from 'node:http';
import { createProxyServer } from 'httpxy';

const TOKEN_BYTES = 24;
const TOKEN_PARAMETER = 'token';
const REFUSALS = {
  421: 'This is not the address that `npm start` printed. Over SSH, forward the same port: ssh -L PORT:127.0.0.1:PORT',
  403: 'Another page tried to use the VS Code that `npm start` opened.',
  401: 'Open the address that `npm start` printed. It works once, in one browser; press Enter in the terminal for a new one.',
  502: 'VS Code does not respond. Stop `npm start` with Ctrl+C and run it again.',
};

/**
 * Listens on a port of the loopback interface, a random one by default, and passes to the socket what proves to come from the user's
 * browser: the first request with a one-time token, which gets a cookie, and later ones with that cookie. The Host
 * header must name this server, so that no other name can be made to lead here (DNS rebinding), and what changes
 * something must come from this server's own pages.
 * @param {{ socketPath: string, port?: number }} options the socket of a server that speaks HTTP and WebSocket
 * @returns `url` without a token, `addressFor(url)` with a new one-time token, and `close()`
 */
export async function openWorkbenchGate({ socketPath, port: wantedPort = 0 }) {
  const secret = randomBytes(TOKEN_BYTES).toString('base64url');
  const tokens = new Set();
  const proxy = createProxyServer({ target: { socketPath }, ws: true, proxyTimeout: 0 });
  proxy.on('error', (_error, _request, response) => response && refuse(response, 502));
  const server = createServer();
  await once(server.listen(wantedPort, '127.0.0.1'), 'listening');
  const { port } = server.address();
  const cookie = `youtu-workbench-${port}`; // browsers give all ports of a host the same cookies
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  const refusal = ({ headers, method }, { isUpgrade }) => {
    if (!hosts.includes(headers.host)) return 421;
    const needsOrigin = isUpgrade || !['GET', 'HEAD'].includes(method);
    if (needsOrigin && headers.origin !== `http://${headers.host}`) return 403;
    return isEqual(cookieOf(headers.cookie, cookie), secret) ? undefined : 401;
  };
  server.on('request', (request, response) => {
    const status = refusal(request, { isUpgrade: false });
    if (status === undefined) return proxy.web(request, response).catch(() => refuse(response, 502));
    const target = status === 401 ? redeem(request) : undefined;
    if (target === undefined) return refuse(response, status);
    response.writeHead(302, {
      location: target,
      'set-cookie': `${cookie}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    response.end();
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const status = refusal(request, { isUpgrade: true });
    if (status !== undefined) return socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n\r\n`);
    proxy.ws(request, socket, {}, head).catch(() => socket.destroy());
  });

  /** @returns the request's path without its token, when that is a valid one; the token is used up then */
  function redeem({ url, method }) {
    const target = new URL(url, `http://${hosts[0]}`);
    const given = target.searchParams.get(TOKEN_PARAMETER) ?? '';
    const token = method === 'GET' ? [...tokens].find((known) => isEqual(known, given)) : undefined;
    if (token === undefined) return undefined;
    tokens.delete(token);
    target.searchParams.delete(TOKEN_PARAMETER);
    return `${target.pathname}${target.search}`;
  }

  return {
    url: `http://${hosts[0]}`,
    addressFor: (url) => {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      tokens.add(token);
      const address = new URL(url);
      address.searchParams.set(TOKEN_PARAMETER, token);
      return address.href;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function refuse(response, status) {
  if (response.headersSent || !('writeHead' in response)) return response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${REFUSALS[status]}\n`);
}

function cookieOf(header = '', name) {
  const pair = header.split(/;\s*/).find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? '';
}

function isEqual(left, right) {
  const [a, b] = [left, right].map((text) => Buffer.from(text));
  return a.length === b.length && timingSafeEqual(a, b);
}
