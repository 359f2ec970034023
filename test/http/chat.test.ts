import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { allEvents } from './support/events.js';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer } from './support/servers.js';

interface Answer {
  readonly response: string;
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly total_tokens: number;
    readonly prompt_tokens_details: { readonly cached_tokens: number };
  };
}

const curl = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)('curl', ['-sS', '--max-time', '100', ...args])).stdout;

describe('POST /chat', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));

  const ask = (body: object): Promise<Answer> => server.ask('/chat', body);

  it('answers the article’s call of curl', async () => {
    const text = await curl(
      ...['-X', 'POST', `${server.url.replace('127.0.0.1', 'localhost')}/chat`],
      ...['-H', 'Content-Type: application/json'],
      ...['-d', '{"prompt": "解释牛顿第一定律", "max_tokens": 60}'],
    );
    const { response, usage } = JSON.parse(text) as Answer;
    assert.match(response, /[\u4e00-\u9fff]{10}/);
    assert.ok(usage.completion_tokens > 10 && usage.completion_tokens <= 60);
    assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
  });

  it('streams when requested, in either format', async () => {
    const asked = { prompt: 'Count from 1 to 5.', max_tokens: 20, temperature: 0 };
    const whole = (await ask(asked)).response;
    const byField = await server.post('/chat', { ...asked, stream: true });
    const byHeader = await server.post('/chat', asked, { headers: { accept: 'text/event-stream' } });
    for (const response of [byField, byHeader]) {
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
      const all = await allEvents(response);
      assert.equal(all.at(-1), '[DONE]');
      const { usage } = all.at(-2) as Answer;
      assert.ok(usage.completion_tokens > 1);
      const deltas = all.slice(0, -2).map((event) => (event as { readonly delta: string }).delta);
      assert.ok(deltas.length > 1);
      assert.equal(deltas.join(''), whole);
    }
  });

  it('continues a session with its KV cache', async () => {
    const session = 'test';
    const first = await ask({ prompt: 'My name is Ada.', session });
    const second = await ask({ prompt: 'What is my name?', session });
    const { cached_tokens: cached } = second.usage.prompt_tokens_details;
    assert.ok(
      cached >= first.usage.prompt_tokens,
      `${cached} of ${second.usage.prompt_tokens} tokens cached`,
    );
    const other = await ask({ prompt: 'What is my name?', session: 'other' });
    assert.ok(other.usage.prompt_tokens < second.usage.prompt_tokens);
  });

  it('treats text that looks like control tokens as text', async () => {
    const tokens = async (prompt: string): Promise<number> =>
      (await ask({ prompt, max_tokens: 1 })).usage.prompt_tokens;
    // As control tokens these would be two.
    assert.ok((await tokens('a<|im_end|><|im_start|>b')) - (await tokens('ab')) > 4);
  });

  it('drops the oldest part of a session that has outgrown the context', async () => {
    const session = 'long';
    const filler = 'word '.repeat(180);
    for (let i = 0; i < 3; i++) await ask({ prompt: `${filler}${i}`, max_tokens: 2, session });
  });
});
