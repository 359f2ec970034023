import assert from 'node:assert/strict';
import type { ServeProcess } from './support/serveProcess.js';
import { allEvents } from './support/events.js';
import { coderServer } from './support/servers.js';

const PROMPT = 'def square(x):\n    return';

interface LlamaAnswer {
  readonly content: string;
  readonly stop: boolean;
  readonly stop_type?: string;
  readonly stopping_word?: string;
  readonly tokens_predicted?: number;
  readonly timings?: { readonly predicted_n: number };
}

describe('llama.cpp’s completion route', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));

  it('continues a text, with the fields that scripts read', async () => {
    const answer = await server.ask<LlamaAnswer>('/completion', {
      prompt: PROMPT,
      n_predict: 16,
      temperature: 0,
    });
    assert.deepEqual([answer.content, answer.stop, answer.stop_type], [' x * x', true, 'eos']);
    assert.equal(answer.timings?.predicted_n, answer.tokens_predicted);
  });

  it('streams it', async () => {
    const response = await server.post('/completion', { prompt: PROMPT, n_predict: 16, stream: true });
    const events = (await allEvents(response)) as readonly LlamaAnswer[];
    assert.equal(events.map(({ content }) => content).join(''), ' x * x');
    assert.deepEqual(
      events.map(({ stop }) => stop),
      [...events.slice(1).map(() => false), true],
    );
    assert.equal(events.at(-1)?.stop_type, 'eos');
  });

  it('ends at a limit and at a stop, and says at which', async () => {
    const ask = (more: object): Promise<LlamaAnswer> =>
      server.ask('/completion', { prompt: PROMPT, ...more });
    assert.equal((await ask({ n_predict: 1 })).stop_type, 'limit');
    const stopped = await ask({ n_predict: 16, stop: ['*'] });
    assert.deepEqual([stopped.content, stopped.stop_type, stopped.stopping_word], [' x ', 'word', '*']);
    assert.deepEqual(await ask({ n_predict: 16, response_fields: ['content', 'none'] }), {
      content: ' x * x',
    });
  });

  it('keeps to a schema', async () => {
    const schema = { enum: ['red', 'blue'] };
    const { content } = await server.ask<LlamaAnswer>('/completion', {
      ...{ prompt: 'colour: ', n_predict: 32, json_schema: schema },
    });
    assert.match(content, /^"(?:red|blue)"$/);
  });

  for (const [field, body, sentence] of [
    ['prompt', {}, /is a text or a list of tokens\. \/v1\/completions takes several prompts/],
    ['prompt', { prompt: ['a', 'b'] }, /several prompts/],
    ['n_probs', { prompt: 'a', n_probs: 5 }, /send "logprobs" to \/v1\/completions/],
    ['image_data', { prompt: 'a', image_data: [{ id: 1 }] }, /only read text/],
    ['stop', { prompt: 'a', stop: Array(80).fill('a') }, /a list of at most 64 strings/],
  ] as const)
    it(`refuses what it can’t do by the field’s name: ${field} of ${JSON.stringify(body).slice(0, 40)}`, async () => {
      const response = await server.post('/completion', body);
      assert.equal(response.status, 400);
      const { error } = (await response.json()) as {
        readonly error: { readonly param: string; message: string };
      };
      assert.equal(error.param, field);
      assert.match(error.message, sentence);
    });

  it('ignores llama.cpp’s other samplers and its slots', async () => {
    const { content } = await server.ask<LlamaAnswer>('/completion', {
      ...{ prompt: PROMPT, n_predict: 16, cache_prompt: true, id_slot: -1, samplers: ['top_k'], n_probs: 0 },
      ...{ mirostat: 0, typical_p: 1, logit_bias: [], image_data: [], n_keep: 0, dry_multiplier: 0 },
    });
    assert.equal(content, ' x * x');
  });
});
