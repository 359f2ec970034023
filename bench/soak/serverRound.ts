import { StartServerRequest, StopServerRequest, type ServerAddress } from '../../src/protocol/server.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';

const MESSAGES = [{ role: 'user', content: 'Tell a long story.' }];
const REQUESTS: readonly (readonly [path: string, body: object])[] = [
  ['/v1/chat/completions', { messages: MESSAGES, max_tokens: 24 }],
  ['/v1/chat/completions', { messages: MESSAGES, max_tokens: 24, stream: true }],
  ['/v1/completions', { prompt: 'def add(a, b):\n    return', max_tokens: 8 }],
  ['/infill', { input_prefix: 'def add(a, b):\n    return', input_suffix: '\n', n_predict: 8 }],
];

/** Starts the engine's HTTP server, asks it, and stops it. Of four clients one goes away while it is answered. */
export async function serverRound({ connection }: EngineProcess, requests: number): Promise<void> {
  if (requests === 0) return;
  const address = { host: '127.0.0.1', port: 0 };
  const { url } = await connection.sendRequest<ServerAddress>(StartServerRequest.method, address);
  for (let index = 0; index < requests; index++) {
    const [path, body] = REQUESTS[index % REQUESTS.length] ?? REQUESTS[0] ?? ['', {}];
    await (Math.floor(index / REQUESTS.length) % REQUESTS.length === 3
      ? leave(url + path, body)
      : ask(url + path, body));
  }
  await connection.sendRequest(StopServerRequest.method);
}

async function ask(url: string, body: object): Promise<void> {
  const response = await post(url, body);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
}

/** Asks for much and closes the connection soon after. */
async function leave(url: string, body: object): Promise<void> {
  const leaving = new AbortController();
  const answer = post(url, { ...body, max_tokens: 400, n_predict: 400 }, leaving.signal)
    .then((response) => response.text())
    .catch((error: unknown) => {
      if (!leaving.signal.aborted) throw error;
    });
  setTimeout(() => leaving.abort(), 15);
  await answer;
}

function post(url: string, body: object, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null });
}
