import assert from 'node:assert/strict';
import { coderServer } from './support/servers.js';

const STOPS = [
  ...['<|endoftext|>', '<|fim_prefix|>', '<|fim_middle|>', '<|fim_suffix|>', '<|fim_pad|>', '<|repo_name|>'],
  ...['<|file_sep|>', '<|im_start|>', '<|im_end|>', '\n\n', '\r\n\r\n', '/src/', '#- coding: utf-8', '```'],
  ...['\nfunction', '\nclass', '\nmodule', '\nexport', '\nimport'],
];
const hello = { role: 'user', content: [{ type: 'text', text: 'Say hello.' }] };
/** Requests as these programs make them, with what their other settings leave as it is. */
const REQUESTS: readonly (readonly [client: string, path: string, body: object])[] = [
  [
    'Continue, autocompletion with the stops of a template and a language',
    '/v1/completions',
    {
      ...{ model: 'm', prompt: 'def square(x):\n    return', max_tokens: 8, temperature: 0.01, stream: true },
      stop: STOPS,
    },
  ],
  [
    'minuet-ai.nvim, in a gap',
    '/v1/completions',
    {
      ...{ model: 'm', stream: true, prompt: 'def add(a, b):\n    return ', suffix: '\nprint(add(1, 2))\n' },
      ...{ max_tokens: 8, top_p: 0.9, stop: ['\n\n'] },
    },
  ],
  [
    'Twinny, with LM Studio’s fields',
    '/v1/completions',
    {
      model: 'm',
      prompt: 'def square(x):\n    return',
      stream: true,
      temperature: 0.2,
      max_tokens: 8,
      stop: ['<|endoftext|>'],
    },
  ],
  [
    'avante.nvim',
    '/chat/completions',
    {
      ...{ model: 'm', stream: true, temperature: 0, max_tokens: 8, tools: null },
      messages: [{ role: 'system', content: 'Help.' }, hello, { role: 'assistant', content: 'Ok.' }, hello],
    },
  ],
  [
    'Cline',
    '/v1/chat/completions',
    {
      ...{ model: 'm', stream: true, temperature: 0, max_tokens: 8, stream_options: { include_usage: true } },
      messages: [{ role: 'system', content: 'Help.' }, hello],
    },
  ],
  [
    'Zed',
    '/v1/chat/completions',
    {
      ...{ model: 'm', stream: true, max_completion_tokens: 8, stop: [], temperature: 1.0 },
      ...{ prompt_cache_key: 'thread', reasoning_effort: null, tools: [], tool_choice: null },
      ...{ stream_options: { include_usage: true }, messages: [hello] },
    },
  ],
  [
    'Zed, with a history as its agent keeps it',
    '/v1/chat/completions',
    {
      ...{ model: 'm', stream: true, max_completion_tokens: 8, temperature: 1.0, parallel_tool_calls: false },
      messages: [
        ...[
          { role: 'system', content: [] },
          hello,
          { role: 'assistant', content: null, reasoning_content: 'Hm.' },
        ],
        ...[{ role: 'assistant', content: [] }, hello],
      ],
    },
  ],
  [
    'Cline, with reasoning switched off as its providers do',
    '/v1/chat/completions',
    {
      ...{
        model: 'm',
        stream: true,
        temperature: 0,
        max_tokens: 8,
        reasoning_effort: '',
        thinking: { type: 'disabled' },
      },
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Help.' }, ...hello.content] }],
    },
  ],
  [
    'Open WebUI, with a model’s settings and its own fields',
    '/v1/chat/completions',
    {
      ...{
        model: 'm',
        stream: true,
        messages: [hello],
        max_tokens: 8,
        seed: 0,
        stop: [],
        top_k: 40,
        min_p: 0,
      },
      ...{
        mirostat: 0,
        num_ctx: 2048,
        keep_alive: '5m',
        think: false,
        logit_bias: {},
        files: [],
        format: null,
      },
      ...{ user: { id: '1', name: 'A', email: 'a@example.org', role: 'admin' }, chat_id: 'c', variables: {} },
    },
  ],
  [
    'Open WebUI, for a title',
    '/v1/chat/completions',
    {
      ...{ model: 'm', stream: false, max_completion_tokens: 8, metadata: { task: 'title_generation' } },
      messages: [{ role: 'user', content: 'Say hello.' }],
    },
  ],
  [
    'Aider, with the beginning of the answer and marks for a cache',
    '/v1/chat/completions',
    {
      ...{
        model: 'm',
        stream: true,
        temperature: 0,
        max_tokens: 8,
        n: 1,
        functions: [],
        function_call: null,
      },
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Act.', cache_control: { type: 'ephemeral' } }] },
        ...[hello, { role: 'assistant', content: 'Ok.', prefix: true }, hello],
      ],
    },
  ],
  [
    'Continue, with llama.cpp as its provider',
    '/completion',
    {
      ...{ prompt: 'def square(x):\n    return', stream: true, n_predict: 8, temperature: 0.01, stop: STOPS },
      ...{ mirostat: 0, top_k: 40, top_p: 1 },
    },
  ],
  [
    'Aider',
    '/v1/chat/completions',
    {
      ...{ model: 'm', stream: true, temperature: 0, max_tokens: 8, extra_body: {}, user: '' },
      messages: [
        ...[{ role: 'system', content: 'Act as an expert.' }, hello, { role: 'assistant', content: 'Ok.' }],
        ...[{ role: 'user', content: 'Say hello.' }],
      ],
    },
  ],
];

describe('requests of editors and their extensions', () => {
  for (const [client, path, body] of REQUESTS)
    it(`are answered: ${client}`, async () => {
      const server = await coderServer();
      const response = await server.post(path, body, { headers: { accept: 'application/json' } });
      const text = await response.text();
      assert.equal(response.status, 200, text);
      const pieces = [...text.matchAll(/"(?:text|content)":"((?:[^"\\]|\\.)*)"/g)].map(([, piece]) => piece);
      assert.match(pieces.join(''), /^(?:Hello! This|\s?x \* x|a \+ b)/);
    });

  for (const [path, what] of [
    ['/v1/embeddings', 'embeddings'],
    ['/embedding', 'embeddings'],
    ['/v1/rerank', 'rankings'],
    ['/v1/moderations', 'moderation'],
    ['/v1/images/generations', 'images'],
    ['/v1/audio/transcriptions', 'speech and transcripts'],
  ] as const)
    it(`for what no model here makes are refused with a sentence, once: ${path}`, async () => {
      const server = await coderServer();
      const response = await server.post(path, { model: 'm', input: 'x' });
      // OpenAI's clients repeat a request that is answered with 500 or more.
      assert.equal(response.status, 404);
      const { error } = (await response.json()) as { readonly error: { readonly message: string } };
      assert.match(error.message, new RegExp(`^This server has no ${what}: .*Use another server`));
    });

  it('for a model by a hub’s name are told which models there are', async () => {
    const server = await coderServer();
    for (const name of ['none', 'org/none', 'org%2Fnone']) {
      const response = await fetch(`${server.url}/v1/models/${name}`);
      assert.equal(response.status, 404);
      const { error } = (await response.json()) as {
        readonly error: { readonly message: string; readonly code: string };
      };
      assert.equal(error.code, 'model_not_found');
      assert.match(error.message, /^The model (?:org\/)?none isn't loaded here\. GET \/v1\/models/);
    }
  });
});
