import assert from 'node:assert/strict';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer } from './support/servers.js';

interface Infill {
  readonly content: string;
  readonly stop: boolean;
  readonly tokens_cached: number;
  readonly tokens_evaluated: number;
  readonly tokens_predicted: number;
  readonly truncated: boolean;
  readonly generation_settings: { readonly n_ctx: number };
  readonly timings: Readonly<Record<string, number>>;
}

const PREFIX = 'def add(a, b):\n    return ';
const SUFFIX = '\n\n\nprint(add(1, 2))\n';

describe('POST /infill', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));

  const infill = (body: object): Promise<Infill> => server.ask('/infill', body);

  it('answers what llama.vscode sends', async () => {
    const answer = await infill({
      input_prefix: PREFIX.slice(0, PREFIX.lastIndexOf('\n') + 1),
      input_suffix: SUFFIX,
      input_extra: [{ text: 'def mul(a, b):\n    return a * b\n', filename: 'mul.py' }],
      prompt: '    return ',
      n_predict: 128,
      n_indent: 4,
      top_k: 40,
      top_p: 0.89,
      stream: false,
      samplers: ['top_k', 'top_p', 'infill'],
      cache_prompt: true,
      t_max_prompt_ms: 500,
      t_max_predict_ms: 2500,
      response_fields: ['content', 'timings'],
    });
    assert.match(answer.content, /^a \+ b/);
    assert.deepEqual(Object.keys(answer), ['content', 'timings']);
    for (const field of ['prompt_n', 'prompt_ms', 'predicted_n', 'predicted_ms', 'predicted_per_second'])
      assert.equal(typeof answer.timings[field], 'number', field);
  });

  it('answers what llama.vim sends: first to prefill the cache, then for the text', async () => {
    const request = {
      id_slot: 0,
      input_prefix: PREFIX,
      input_suffix: SUFFIX,
      input_extra: [],
      prompt: '',
      stream: false,
      samplers: [],
      cache_prompt: true,
      t_max_prompt_ms: 1,
      t_max_predict_ms: 1,
    };
    const warm = await infill({ ...request, n_predict: 0, response_fields: [''] });
    assert.deepEqual(warm, {});
    const answer = await infill({
      ...request,
      n_predict: 8,
      t_max_predict_ms: 5000,
      samplers: ['top_k', 'infill'],
      response_fields: [
        'content',
        'timings/prompt_n',
        'timings/predicted_n',
        'truncated',
        'tokens_cached',
        'none/x',
      ],
    });
    const { content, tokens_cached: cached, ...others } = answer;
    assert.match(content, /^a \+ b/);
    assert.ok(cached > 10);
    // Named as in llama.cpp's server: llama.vim reads `timings/prompt_n`.
    assert.deepEqual(others, { 'timings/prompt_n': 1, 'timings/predicted_n': 1, truncated: false });
  });

  it('answers with all fields where none are named, and writes nothing for n_predict 0', async () => {
    const request = { input_prefix: PREFIX, input_suffix: SUFFIX };
    const warm = await infill({ ...request, n_predict: 0 });
    assert.equal(warm.content, '');
    assert.equal(warm.tokens_predicted, 0);
    assert.ok(warm.generation_settings.n_ctx >= 1024);
    const answer = await infill({
      ...request,
      n_predict: -1,
      input_extra: [{ filename: null, text: null }],
      stop: null,
    });
    assert.match(answer.content, /^a \+ b/);
  });

  it('truncates long input at the ends far from the cursor', async () => {
    const far = 'x = 1\n'.repeat(3000);
    const answer = await infill({
      input_prefix: far + PREFIX,
      input_suffix: SUFFIX + far,
      n_predict: 4,
      temperature: 0,
    });
    assert.match(answer.content, /^a \+ b/);
    assert.equal(answer.truncated, true);
  });

  it('streams', async () => {
    const response = await server.post('/infill', {
      input_prefix: PREFIX,
      input_suffix: SUFFIX,
      n_predict: 4,
      stream: true,
    });
    const all = (await response.text())
      .split('\n\n')
      .filter((event) => event.startsWith('data: '))
      .map((event) => JSON.parse(event.slice('data: '.length)) as Infill);
    assert.match(all.map(({ content }) => content).join(''), /^a \+ b/);
    assert.deepEqual([all.at(0)?.stop, all.at(-1)?.stop], [false, true]);
  });
});
