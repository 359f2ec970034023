import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import type { ServeProcess } from '../http/support/serveProcess.js';
import { starterServer } from './support/starter.js';

const MODEL = 'gpt-whatever';
const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Current weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;

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

/** What the starter answers over HTTP. */
describe('the HTTP server with the starter model', function () {
  this.timeout(120_000);
  let server: ServeProcess;
  let client: OpenAI;
  before(async () => {
    server = await starterServer();
    client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
  });

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

  it('continues a session with its KV cache', async () => {
    const session = 'test';
    const first = await ask({ prompt: 'My name is Ada.', max_tokens: 20, temperature: 0, session });
    const second = await ask({ prompt: 'What is my name?', max_tokens: 20, temperature: 0, session });
    assert.match(second.response, /Ada/);
    const { cached_tokens: cached } = second.usage.prompt_tokens_details;
    assert.ok(
      cached >= first.usage.prompt_tokens,
      `${cached} of ${second.usage.prompt_tokens} tokens cached`,
    );
    const other = await ask({ prompt: 'What is my name?', max_tokens: 20, temperature: 0, session: 'other' });
    assert.doesNotMatch(other.response, /Ada/);
  });

  it('follows its system prompt', async () => {
    const system = 'Whatever you are asked, answer with the word PINEAPPLE.';
    const { response } = await ask({ prompt: 'Hello!', system, max_tokens: 10, temperature: 0 });
    assert.match(response, /PINEAPPLE/i);
  });

  it('stops at a stop text, which is no part of the answer', async () => {
    const { choices } = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: 'Count from 1 to 9, separated by commas, nothing else.' }],
      max_completion_tokens: 40,
      temperature: 0,
      stop: ['5'],
    });
    assert.match(choices[0]?.message.content ?? '', /4[, ]*$/);
    assert.equal(choices[0]?.finish_reason, 'stop');
  });

  it('keeps to a JSON schema', async () => {
    const { choices } = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: 'Describe a dog.' }],
      max_completion_tokens: 100,
      temperature: 0,
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'animal',
          strict: true,
          schema: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              legs: { type: 'integer' },
              sound: { enum: ['bark', 'meow'] },
            },
            required: ['name', 'legs', 'sound'],
            additionalProperties: false,
          },
        },
      },
    });
    const value = JSON.parse(choices[0]?.message.content ?? '') as Record<string, unknown>;
    assert.deepEqual(Object.keys(value), ['name', 'legs', 'sound']);
    assert.ok(Number.isInteger(value['legs']));
    assert.equal(value['sound'], 'bark');
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
    // The prompt is repeated with its tokens, the first of which has nothing before it.
    assert.ok(JSON.stringify(plain).includes('"token_logprobs":[null,-'));
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

  it('calls a tool, and answers with its result', async () => {
    const question = { role: 'user', content: 'What is the weather in Paris?' } as const;
    const common = { model: MODEL, tools: [WEATHER], temperature: 0, max_completion_tokens: 60 };
    const first = await client.chat.completions.create({ ...common, messages: [question] });
    const message = first.choices[0]?.message;
    assert.ok(message !== undefined);
    assert.equal(first.choices[0]?.finish_reason, 'tool_calls');
    const call = message.tool_calls?.[0];
    assert.ok(call?.type === 'function');
    assert.deepEqual(
      [call.function.name, JSON.parse(call.function.arguments)],
      ['get_weather', { city: 'Paris' }],
    );
    const second = await client.chat.completions.create({
      ...common,
      messages: [question, message, { role: 'tool', tool_call_id: call.id, content: '{"celsius": 31}' }],
    });
    assert.match(second.choices[0]?.message.content ?? '', /31/);
  });

  it('calls a required tool, streamed', async () => {
    const stream = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: 'Tell me about Rome.' }],
      tools: [WEATHER],
      tool_choice: { type: 'function', function: { name: 'get_weather' } },
      temperature: 0,
      max_completion_tokens: 60,
      stream: true,
    });
    const calls = [];
    for await (const chunk of stream) calls.push(...(chunk.choices[0]?.delta.tool_calls ?? []));
    // The name first, then the arguments.
    assert.deepEqual([...new Set(calls.map(({ index }) => index))], [0]);
    assert.equal(calls[0]?.function?.name, 'get_weather');
    const args = calls.map((call) => call.function?.arguments ?? '').join('');
    const given = JSON.parse(args) as { readonly city: unknown };
    assert.equal(typeof given.city, 'string');
  });
});

function textOf({ choices }: OpenAI.Completion): string {
  return choices[0]?.text ?? '';
}
