import assert from 'node:assert/strict';
import { withoutControlTokens } from '../../../../src/engine/chat/toolMessages.js';
import { ApiError } from '../../../../src/engine/http/apiError.js';
import { chatCompletion, chatRequest } from '../../../../src/engine/http/chatRequest.js';
import { textCompletion } from '../../../../src/engine/http/textRequest.js';
import { grammarOf, formatFields, toolNames } from '../../../../src/engine/http/schemas/answerFormat.js';
import type { GenerationOptions } from '../../../../src/engine/serving/generationRequest.js';
import { z } from 'zod';
import oddRequests from '../../../fixtures/http/oddChatRequests.json' with { type: 'json' };

type ToolBody = Parameters<typeof toolNames>[0];
const CALLER = { address: '127.0.0.1', name: 'one' };
const messages = [{ role: 'user', content: 'Hi' }];
const tool = (parameters: object, strict?: boolean): object => ({
  type: 'function',
  function: { name: 'now', parameters, strict },
});

function optionsFor(body: object): GenerationOptions {
  return chatRequest(chatCompletion.parse({ messages, ...body }), CALLER).options;
}

/** What is said of a field that isn't accepted. */
function issueOf(schema: z.ZodType, body: object): string {
  const { error } = schema.safeParse(body);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join();
}

describe('requests of OpenAI’s API', () => {
  for (const { name, ...body } of oddRequests)
    it(`are accepted as other clients send them: ${name}`, () => {
      assert.ok(chatRequest(chatCompletion.parse(body), CALLER).options);
    });

  it('may have null for every field that may be left out, in every list too', () => {
    const fields = Object.keys(chatCompletion.shape).filter((field) => field !== 'messages');
    const nothing = Object.fromEntries(fields.map((field) => [field, null]));
    assert.deepEqual(optionsFor(nothing), optionsFor({}));
    const texts = Object.keys(textCompletion.shape).filter((field) => field !== 'prompt');
    const empty = Object.fromEntries(texts.map((field) => [field, null]));
    assert.ok(textCompletion.safeParse({ prompt: 'a', ...empty }).success);
  });

  for (const [given, wanted] of [
    ['{"zone":"UTC"}', { zone: 'UTC' }],
    [{ zone: 'UTC' }, { zone: 'UTC' }],
    ['', {}],
    [null, {}],
    [undefined, {}],
  ] as const)
    it(`give templates the arguments of a call as an object: ${JSON.stringify(given)}`, () => {
      const call = { id: null, type: null, function: { name: 'now', arguments: given } };
      const { messages: seen } = withoutControlTokens({
        messages: [{ role: 'assistant', content: '', tool_calls: [call] }],
        tools: [],
      });
      assert.deepEqual(JSON.parse(JSON.stringify(seen[0]?.tool_calls)), [
        { type: null, function: { name: 'now', arguments: wanted } },
      ]);
    });

  for (const [body, wanted] of [
    [{}, undefined],
    [{ max_tokens: -1 }, undefined],
    [{ max_tokens: 0 }, 0],
    [{ max_tokens: 5, max_completion_tokens: 7 }, 7],
    [{ n_predict: 0 }, 0],
    [{ n_predict: -1, max_tokens: 9 }, undefined],
    [{ n_predict: -2 }, undefined],
  ] as const)
    it(`limit the answer as ${JSON.stringify(body)} says`, () =>
      assert.equal(optionsFor(body).maxTokens, wanted));

  it('choose the likeliest token with a top_p of 0, and have no fixed seed with -1', () => {
    const { topK, topP, seed } = optionsFor({ top_p: 0, seed: -1 });
    assert.deepEqual([topK, topP, seed], [1, undefined, undefined]);
  });

  for (const [field, value] of [
    ['n', 0],
    ['n', 65],
    ['logit_bias', { 50256: -100 }],
    ['functions', [{ name: 'now' }]],
    ['function_call', { name: 'now' }],
    ['audio', { voice: 'alloy' }],
    ['modalities', ['text', 'audio']],
    ['web_search_options', {}],
    ['guided_json', { type: 'object' }],
    ['guided_choice', ['a', 'b']],
    ['structured_outputs', { json: {} }],
    ['response_format', { type: 'regex' }],
    ['tool_choice', 'always'],
    ['tools', [{ type: 'web_search' }]],
    ['stop', 5],
    ['max_tokens', -3],
  ] as const)
    it(`are refused with the name of what isn’t supported: ${field}`, () =>
      assert.match(issueOf(chatCompletion, { messages, [field]: value }), new RegExp(`^${field}.*: \\S`)));

  it('are accepted with unsupported fields that change nothing', () => {
    const harmless = {
      n: 1,
      logit_bias: {},
      functions: [],
      function_call: 'auto',
      modalities: ['text'],
      prediction: { type: 'content', content: 'x' },
      reasoning_effort: 'low',
      store: true,
    };
    assert.equal(issueOf(chatCompletion, { messages, ...harmless }), '');
  });

  it('name the schema’s keyword that can’t be enforced, and its field', () => {
    const schema = { type: 'object', properties: { a: { type: 'string', pattern: '^(?!b)' } } };
    for (const body of [
      { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } },
      { response_format: { type: 'json_schema', schema } },
      { response_format: { type: 'json_object', schema } },
      { json_schema: schema },
    ])
      assert.throws(
        () => grammarOf(z.object(formatFields).parse(body)),
        (error) =>
          error instanceof ApiError &&
          error.status === 400 &&
          error.message.includes('"pattern" at #/properties/a') &&
          error.extra.param === Object.keys(body)[0],
      );
  });

  it('constrain a call that must come, by what its schema’s references lead to', () => {
    const parameters = {
      type: 'object',
      properties: { zone: { $ref: '#/$defs/zone' } },
      $defs: { zone: { enum: ['UTC', 'CET'] } },
    };
    const body = { tools: [tool(parameters)], tool_choice: 'required' };
    assert.match(optionsFor(body).grammar ?? '', /UTC/);
  });

  it('may allow some of the tools only, as OpenAI’s agents do', () => {
    const tools = ['now', 'later', 'never'].map((name) => ({ type: 'function', function: { name } }));
    const allow = (mode: string, ...names: readonly string[]): object => ({
      type: 'allowed_tools',
      allowed_tools: { mode, tools: names.map((name) => ({ type: 'function', function: { name } })) },
    });
    const body = (tool_choice: object): ToolBody => ({ tools, tool_choice }) as ToolBody;
    assert.deepEqual(toolNames(body(allow('auto', 'now', 'later'))), ['now', 'later']);
    assert.equal(optionsFor(body(allow('auto', 'now'))).grammar, undefined);
    const { grammar = '' } = optionsFor(body(allow('required', 'now', 'later')));
    assert.match(grammar, /now/);
    assert.match(grammar, /later/);
    assert.doesNotMatch(grammar, /never/);
    assert.throws(() => optionsFor(body(allow('auto', 'now', 'none'))), /not among "tools"/);
  });

  it('may have an empty list for an empty object, as from PHP and Lua', () => {
    const { grammar = '' } = optionsFor({ tools: [tool([])], tool_choice: 'required' });
    assert.match(grammar, /now/);
    const properties = { type: 'object', properties: [], additionalProperties: false };
    assert.match(optionsFor({ tools: [tool(properties)], tool_choice: 'required' }).grammar ?? '', /now/);
    assert.ok(optionsFor({ tools: [tool([])] }));
    const format = { type: 'json_schema', json_schema: { name: 'any', schema: [] } };
    assert.ok(optionsFor({ response_format: format }).grammar !== undefined);
  });

  it('constrain a call as far as can be, unless its tool is strict', () => {
    const parameters = { type: 'object', properties: { zone: { type: 'string', pattern: '^(?=U)' } } };
    assert.match(optionsFor({ tools: [tool(parameters)], tool_choice: 'required' }).grammar ?? '', /zone/);
    const strict = { tools: [tool(parameters, true)], tool_choice: 'required' };
    assert.throws(() => optionsFor(strict), /"pattern"/);
  });
});
