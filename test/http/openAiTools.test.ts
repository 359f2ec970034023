import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { testModel } from '../engine/support/testModels.js';
import { ServeProcess } from './support/serveProcess.js';

const MODEL = 'gpt-whatever';
const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Current weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;

describe('OpenAI’s tools', function () {
  this.timeout(120_000);
  let server: ServeProcess;
  let client: OpenAI;
  before(async () => {
    server = await ServeProcess.start(['--model', await testModel('qwen2.5-coder-0.5b')]);
    client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
  });
  after(async () => assert.equal(await server.stop(), 0));

  it('calls a tool, and goes on with what it said', async () => {
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

  it('calls the tool that it must call, streamed', async () => {
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
    assert.equal(calls.length, 1);
    const called = calls[0]?.function;
    assert.equal(called?.name, 'get_weather');
    const given = JSON.parse(called.arguments ?? '') as { readonly city: unknown };
    assert.equal(typeof given.city, 'string');
  });
});
