import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { ServeProcess } from './support/serveProcess.js';

const LONG = { prompt: 'Write a very long story.', max_tokens: 2000 };

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await is()) return;
    await sleep(50);
  }
  assert.fail(`never: ${what}`);
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

describe('a server without a queue', function () {
  this.timeout(60_000);

  it('answers as many requests at once as it has slots, and refuses the next one', async () => {
    const server = await ServeProcess.start([
      ...['--model', await scriptedCoder(), '--parallel', '2'],
      ...['--queue', '0'],
    ]);
    assert.equal((await server.post('/chat', { prompt: 'Say hi.', max_tokens: 3 })).status, 200);
    const leaving = new AbortController();
    const two = [1, 2].map(() => server.post('/chat', LONG, { signal: leaving.signal }).catch(() => 'left'));
    await until('two are running', async () => (await server.metric('requests_running')) === 2);
    const refused = await server.post('/chat', { prompt: 'Say hi.', max_tokens: 3 });
    assert.equal(refused.status, 429);
    assert.match(await refused.text(), /no request may wait/);
    leaving.abort();
    await Promise.all(two);
    await until('idle', async () => (await server.metric('requests_running')) === 0);
    assert.equal((await server.post('/chat', { prompt: 'Say hi.', max_tokens: 3 })).status, 200);
    assert.equal(await server.stop(), 0);
  });
});

describe('the limits of a server', function () {
  this.timeout(120_000);
  let server: ServeProcess;
  before(async () => {
    const model = await scriptedCoder();
    server = await ServeProcess.start([
      ...['--model', model, '--context', '2048', '--parallel', '1'],
      ...['--queue', '4', '--timeout', '1'],
    ]);
  });
  after(async () => assert.equal(await server.stop(), 0));

  const isIdle = async (): Promise<boolean> =>
    (await server.metric('requests_running')) + (await server.metric('requests_waiting')) === 0;

  it('hold for requests that wait for an earlier one of their session', async () => {
    await until('idle', isIdle);
    const asked = Array.from({ length: 8 }, () => server.post('/chat', { ...LONG, session: 'one' }));
    const started = performance.now();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    assert.ok(performance.now() - started < 10_000);
    assert.equal(statuses.filter((status) => status === 429).length, 3, statuses.join());
    assert.ok(statuses.includes(504), statuses.join());
  });

  it('leave a place for others when one caller sends more than there are', async () => {
    await until('idle', isIdle);
    const leaving = new AbortController();
    const flood = Array.from({ length: 64 }, () =>
      server.post('/v1/completions', { prompt: 'def f(', max_tokens: 2000, user: 'batch' }, leaving).then(
        ({ status }) => status,
        () => 'left',
      ),
    );
    await until('full', async () => (await server.metric('requests_waiting')) === 4);
    const other = server.post('/v1/completions', { prompt: 'x = (', max_tokens: 2, user: 'page' });
    assert.equal((await other).status, 200);
    leaving.abort();
    assert.ok((await Promise.all(flood)).includes(429));
  });

  const bad: [what: string, path: string, body: string, status: number, code?: string][] = [
    ['deep JSON', '/chat', `{"prompt": ${'['.repeat(1_000_000)}`, 400, 'too_deep'],
    ['deep objects', '/infill', `${'{"a":'.repeat(500_000)}1`, 400, 'too_deep'],
    ['many values', '/infill', `{"stop": [${'"x",'.repeat(800_000)}"x"]}`, 400, 'too_many_values'],
    ['200,000 stop strings', '/infill', `{"stop": [${'"x",'.repeat(199_000)}"x"]}`, 400],
    ['65 stop strings', '/chat', JSON.stringify({ prompt: 'a', stop: Array(65).fill('x') }), 400],
    ['a very long stop string', '/chat', JSON.stringify({ prompt: 'a', stop: 'x'.repeat(1_000_000) }), 400],
    [
      'a very long stop string in a list',
      '/infill',
      JSON.stringify({ input_prefix: 'a', stop: ['x'.repeat(1_000_000)] }),
      400,
    ],
  ];
  for (const [what, path, body, status, code] of bad)
    it(`refuse ${what} at once, with a sentence`, async () => {
      const started = performance.now();
      const response = await server.post(path, body);
      assert.equal(response.status, status);
      const found = await codeOf(response);
      if (code !== undefined) assert.equal(found, code);
      assert.ok(performance.now() - started < 3000);
    });

  const format = (schema: object | string): string =>
    `{"messages": [{"role": "user", "content": "Pick."}], "response_format": {"type": "json_schema", "json_schema": {"schema": ${typeof schema === 'string' ? schema : JSON.stringify(schema)}}}}`;
  const schemas: [what: string, body: string, sentence: RegExp][] = [
    [
      'of 50,000 values',
      format({ enum: Array.from({ length: 50_000 }, (_, index) => `value ${index}`) }),
      /more than 2000 values/,
    ],
    [
      'of 10,000 properties',
      format({
        type: 'object',
        properties: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, {}])),
      }),
      /more than 2000 values/,
    ],
    [
      'nested thousands deep',
      format('{"type": "array", "items": '.repeat(5000) + '{}' + '}'.repeat(5000)),
      /more than 64 levels/,
    ],
  ];
  for (const [what, body, sentence] of schemas)
    it(`refuse a schema ${what} at once, with a sentence`, async () => {
      const started = performance.now();
      const response = await server.post('/v1/chat/completions', body);
      assert.equal(response.status, 400);
      assert.match(await response.text(), sentence);
      assert.ok(performance.now() - started < 3000);
    });
});
