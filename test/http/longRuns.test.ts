import assert from 'node:assert/strict';
import { coderServer } from './support/servers.js';
import { longRun, runsOf } from '../fixtures/longRuns.js';

const LENGTH = 200_000;
const RUNS = runsOf(
  'letters',
  'blanks',
  'line ends',
  'opening brackets',
  'Chinese',
  'emoji',
  'minified code',
  'beginnings of calls',
  'control tokens',
  'infill tokens',
  'thoughts',
  'quotes',
  'backslashes',
);
const colour = { role: 'user', content: 'colour?' };
const format = (schema: object): object => ({
  ...{ messages: [colour], max_tokens: 2 },
  response_format: { type: 'json_schema', json_schema: { schema } },
});
const BODIES: readonly (readonly [path: string, body: (run: string) => object])[] = [
  ['/v1/completions', (prompt) => ({ prompt, max_tokens: 2 })],
  ['/v1/completions', (run) => ({ prompt: run, suffix: run, max_tokens: 2 })],
  ['/v1/chat/completions', (content) => ({ messages: [{ role: 'user', content }], max_tokens: 2 })],
  [
    '/v1/chat/completions',
    (content) => ({ messages: [colour, { role: 'assistant', content }, colour], max_tokens: 2 }),
  ],
  ['/v1/chat/completions', (run) => format({ enum: [run] })],
  ['/v1/chat/completions', (pattern) => format({ type: 'string', pattern })],
  ['/chat', (prompt) => ({ prompt, max_tokens: 2, truncate: true })],
  ['/infill', (run) => ({ input_prefix: run, input_suffix: run, n_predict: 2 })],
  [
    '/infill',
    (text) => ({
      ...{ input_prefix: 'x = json', input_suffix: '', n_predict: 2 },
      input_extra: [{ filename: 'run.py', text }],
    }),
  ],
];

describe('long runs over HTTP', function () {
  this.timeout(60_000);

  for (const [what, unit] of RUNS)
    it(`are answered, or refused with a sentence: ${what}`, async () => {
      const server = await coderServer();
      const run = longRun(unit, LENGTH);
      for (const [path, bodyOf] of BODIES) {
        const response = await server.post(path, bodyOf(run));
        const answer = (await response.json()) as { readonly error?: { readonly message: string } };
        assert.ok(response.status === 200 || response.status === 400, `${path}: ${response.status}`);
        assert.equal(typeof answer.error?.message, response.status === 200 ? 'undefined' : 'string', path);
      }
    });

  it('leave time for another request', async () => {
    const server = await coderServer();
    const order: string[] = [];
    const body = { input_prefix: 'ab '.repeat(LENGTH), input_suffix: 'ab '.repeat(LENGTH), n_predict: 20 };
    const long = Array.from({ length: 6 }, () =>
      server.post('/infill', body).then(async (response) => {
        await response.text();
        order.push('long');
      }),
    );
    const small = fetch(`${server.url}/health`).then(() => order.push('small'));
    await Promise.all([...long, small]);
    assert.notEqual(order.at(-1), 'small');
  });

  it('that no schema can have are refused: a pattern of 200,000 characters', async () => {
    const server = await coderServer();
    const response = await server.post(
      '/v1/chat/completions',
      format({ type: 'string', pattern: 'a'.repeat(LENGTH) }),
    );
    assert.equal(response.status, 400);
    assert.match(await response.text(), /longer than 2000 characters/);
  });
});
