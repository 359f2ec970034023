import assert from 'node:assert/strict';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer, plainServer } from './support/servers.js';

interface Failed {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly code: string;
    readonly param: unknown;
  };
}

const hi = [{ role: 'user', content: 'hi' }];
const CHAT = '/v1/chat/completions';

describe('bad input over HTTP', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));
  // The server survives any input.
  afterEach(async () => {
    const response = await server.post('/chat', { prompt: 'hi', max_tokens: 1 });
    assert.equal(response.status, 200);
  });

  for (const { name, path, body, status, says } of [
    { name: 'invalid JSON', path: '/chat', body: '{"prompt": ', status: 400, says: /JSON/ },
    { name: 'a list instead of an object', path: '/chat', body: '[]', status: 400, says: /object/ },
    { name: 'a missing prompt', path: '/chat', body: {}, status: 400, says: /prompt/ },
    { name: 'an empty prompt', path: '/chat', body: { prompt: ' ' }, status: 400, says: /prompt.*empty/ },
    {
      name: 'a number as prompt',
      path: '/chat',
      body: { prompt: 5 },
      status: 400,
      says: /prompt.*string/,
    },
    {
      name: 'max_tokens of -5',
      path: '/chat',
      body: { prompt: 'a', max_tokens: -5 },
      status: 400,
      says: /max_tokens.*-1/,
    },
    {
      name: 'max_tokens of 1.5',
      path: '/chat',
      body: { prompt: 'a', max_tokens: 1.5 },
      status: 400,
      says: /max_tokens/,
    },
    {
      name: 'a temperature of 3',
      path: '/chat',
      body: { prompt: 'a', temperature: 3 },
      status: 400,
      says: /temperature/,
    },
    {
      name: 'an empty list of messages',
      path: CHAT,
      body: { messages: [] },
      status: 400,
      says: /messages.*one/,
    },
    {
      name: 'an unknown role',
      path: CHAT,
      body: { messages: [{ role: 'x', content: '' }] },
      status: 400,
      says: /role/,
    },
    {
      name: 'an image',
      path: CHAT,
      body: { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
      status: 400,
      says: /only text/,
    },
    {
      name: 'a hundred answers at once',
      path: CHAT,
      body: { messages: hi, n: 100 },
      status: 400,
      says: /64 at most/,
    },
    {
      name: 'tools that the template doesn’t support',
      path: CHAT,
      body: { messages: hi, tools: [{ type: 'function', function: { name: 'f' } }] },
      status: 400,
      says: /template.*tools/,
    },
    {
      name: 'a required tool that is missing',
      path: CHAT,
      body: { messages: hi, tool_choice: 'required' },
      status: 400,
      says: /tool_choice/,
    },
    {
      name: 'an invalid schema',
      path: CHAT,
      body: {
        messages: hi,
        response_format: { type: 'json_schema', json_schema: { schema: { type: 'array', items: 5 } } },
      },
      status: 400,
      says: /grammar or schema/,
    },
  ])
    it(`returns ${status} for ${name}`, async () => {
      const response = await server.post(path, body);
      const { error } = (await response.json()) as Failed;
      assert.equal(response.status, status, error.message);
      assert.match(error.message, says);
      assert.ok(error.type !== '' && error.code !== '');
    });

  it('returns 501 for an infill request to a model without infill tokens', async () => {
    const response = await (await plainServer()).post('/infill', { input_prefix: 'a', input_suffix: 'b' });
    const { error } = (await response.json()) as Failed;
    assert.equal(response.status, 501, error.message);
    assert.match(error.message, /infill tokens/);
    assert.ok(error.type !== '' && error.code !== '');
  });

  it('returns both token counts for a prompt beyond the context', async () => {
    const prompt = 'word '.repeat(5000);
    const response = await server.post('/chat', { prompt });
    const { error } = (await response.json()) as Failed;
    assert.equal(response.status, 400);
    assert.equal(error.code, 'context_length_exceeded');
    const [tokens = 0, context = 0] = (error.message.match(/\d+/g) ?? []).map(Number);
    assert.ok(tokens > context && context >= 2048, error.message);
    const cut = await server.post('/v1/completions', { prompt, truncate: true, max_tokens: 1 });
    assert.equal(cut.status, 200);
  });

  it('treats max_tokens of 10⁹ as no limit', async () => {
    const body = { prompt: 'Say hi.', max_tokens: 1_000_000_000, stop: ['.', '!', '\n'] };
    assert.equal((await server.post('/chat', body)).status, 200);
  });

  it('ignores unknown fields', async () => {
    const body = { messages: hi, max_tokens: 1, store: true, service_tier: 'auto', metadata: { a: 'b' } };
    assert.equal((await server.post(CHAT, body)).status, 200);
  });

  it('rejects bytes that aren’t UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"prompt": "'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const response = await fetch(`${server.url}/chat`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as Failed).error.message, /UTF-8/);
  });

  it('rejects another content type, method or path, and a body that is too large', async () => {
    const form = await server.post('/chat', 'prompt=a', { headers: { 'content-type': 'text/plain' } });
    assert.equal(form.status, 415);
    const get = await fetch(`${server.url}/chat`);
    assert.equal(get.status, 405);
    assert.equal(get.headers.get('allow'), 'POST');
    for (const path of ['/nothing', '/../package.json', '/%2e%2e/package.json', '/v1/models/none'])
      assert.equal((await fetch(server.url + path)).status, 404, path);
    const large = await server.post('/chat', { prompt: 'a'.repeat(5_000_000) });
    assert.equal(large.status, 413);
  });

  it('returns the same status for a streamed request', async () => {
    for (const [path, body] of [
      ['/chat', { prompt: 'word '.repeat(9000), stream: true }],
      [CHAT, { messages: [{ role: 'user', content: 'word '.repeat(9000) }], stream: true }],
    ] as const) {
      const response = await server.post(path, body);
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as Failed).error.message, /^The prompt has/);
    }
  });
});
