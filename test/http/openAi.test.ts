import assert from 'node:assert/strict';
import { basename } from 'node:path';
import OpenAI from 'openai';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import type { ServeProcess } from './support/serveProcess.js';
import { API_KEY, keyedServer } from './support/servers.js';

const MODEL = 'gpt-whatever';
/** With OpenAI's own client, which checks the form of the answers. */
describe('OpenAI’s API', () => {
  let server: ServeProcess;
  let client: OpenAI;
  before(async () => {
    server = await keyedServer();
    client = clientOf(API_KEY);
  });

  const clientOf = (apiKey: string): OpenAI =>
    new OpenAI({ baseURL: `http://127.0.0.1:${server.port}/v1`, apiKey, maxRetries: 0 });

  const ask = [{ role: 'user', content: 'Say hello.' }] as const;

  it('lists the model', async () => {
    const ids = [];
    for await (const { id } of client.models.list()) ids.push(id);
    assert.deepEqual(ids, [basename(await scriptedCoder(), '.gguf')]);
    const [id = ''] = ids;
    assert.equal((await client.models.retrieve(id)).object, 'model');
  });

  it('answers a chat', async () => {
    const { choices, usage, model } = await client.chat.completions.create({
      model: MODEL,
      messages: [...ask],
      max_completion_tokens: 20,
      temperature: 0,
    });
    assert.match(choices[0]?.message.content ?? '', /hello/i);
    assert.equal(choices[0]?.finish_reason, 'stop');
    assert.ok((usage?.completion_tokens ?? 0) > 1);
    assert.match(model, /qwen/);
  });

  it('streams a chat, with its usage', async () => {
    const stream = await client.chat.completions.create({
      model: MODEL,
      messages: [...ask],
      max_completion_tokens: 8,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage = 0;
    const finishes: string[] = [];
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason);
      usage += chunk.usage?.completion_tokens ?? 0;
    }
    assert.match(text, /hello/i);
    assert.equal(finishes.length, 1);
    assert.ok(usage > 1 && usage <= 8);
  });

  it('stops at a stop text, which is no part of the answer', async () => {
    const { choices } = await client.chat.completions.create({
      model: MODEL,
      messages: [...ask],
      temperature: 0,
      stop: ['sum'],
    });
    assert.match(choices[0]?.message.content ?? '', /^Hello.* the $/);
    assert.equal(choices[0]?.finish_reason, 'stop');
  });

  it('gives the same answer for the same seed, at any temperature', async () => {
    const texts = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const { choices } = await client.chat.completions.create({
        model: MODEL,
        messages: [{ role: 'user', content: 'Tell me a word, any word.' }],
        max_completion_tokens: 12,
        temperature: 1.5,
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- clients still send it
        seed: 7,
      });
      texts.add(choices[0]?.message.content ?? '');
    }
    assert.equal(texts.size, 1, [...texts].join(' | '));
  });

  it('returns token probabilities', async () => {
    const { choices } = await client.chat.completions.create({
      model: MODEL,
      messages: [...ask],
      max_completion_tokens: 3,
      temperature: 0,
      logprobs: true,
      top_logprobs: 3,
    });
    const { message, logprobs } = choices[0] ?? {};
    const tokens = logprobs?.content ?? [];
    assert.equal(tokens.map(({ token }) => token).join(''), message?.content);
    for (const { token, logprob, top_logprobs: top } of tokens) {
      assert.ok(logprob <= 0 && logprob > -20);
      assert.equal(top.length, 3);
      // Greedy: the chosen one is the likeliest.
      assert.equal(top[0]?.token, token);
    }
  });

  it('completes text, and fills a gap', async () => {
    const plain = await client.completions.create({
      model: MODEL,
      prompt: 'def square(x):\n    return',
      max_tokens: 12,
      temperature: 0,
      stop: '\n',
      logprobs: 1,
      echo: true,
    });
    assert.match(textOf(plain), /^def square\(x\):\n {4}return x ?\*/);
    assert.match(JSON.stringify(plain), /"token_logprobs":\[null,-?\d/);
    const gap = await client.completions.create({
      model: MODEL,
      prompt: 'def add(a, b):\n    return ',
      suffix: '\n\nprint(add(1, 2))\n',
      max_tokens: 12,
      temperature: 0,
      stop: '\n',
    });
    assert.equal(textOf(gap), 'a + b');
  });

  it('returns errors as OpenAI does', async () => {
    const bad = client.chat.completions.create({ model: MODEL, messages: [] });
    await assert.rejects(
      bad,
      (error) => error instanceof OpenAI.BadRequestError && /messages/.test(error.message),
    );
    await assert.rejects(clientOf('wrong').models.list(), OpenAI.AuthenticationError);
    const long = client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: 'word '.repeat(9000) }],
    });
    await assert.rejects(
      long,
      (error) => error instanceof OpenAI.BadRequestError && error.code === 'context_length_exceeded',
    );
  });

  it('ends when the client disconnects', async () => {
    const stream = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: 'Write a very long story about a fox.' }],
      stream: true,
    });
    let tokens = 0;
    for await (const chunk of stream) {
      tokens += chunk.choices.length;
      if (tokens > 3) break;
    }
    const health = async (): Promise<number> => {
      const body = (await (await fetch(`${server.url}/health`)).json()) as { queue: { running: number } };
      return body.queue.running;
    };
    const started = performance.now();
    while ((await health()) > 0) assert.ok(performance.now() - started < 20_000, 'still written');
  });
});

function textOf({ choices }: OpenAI.Completion): string {
  return choices[0]?.text ?? '';
}
