import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { allEvents } from './support/events.js';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer } from './support/servers.js';

interface Choice {
  readonly index: number;
  readonly text: string;
  readonly finish_reason: string | null;
  readonly logprobs: {
    readonly tokens: readonly string[];
    readonly token_logprobs: readonly number[];
    readonly text_offset: readonly number[];
  } | null;
}
interface Completion {
  readonly choices: readonly Choice[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

const PROMPTS = ['def square(x):\n    return', 'def add(a, b):\n    return', 'The capital of France is'];
/** The scripted model is sure of itself, except of what it would never write. */
const RANDOM = { temperature: 2, top_p: 1, top_k: 0, max_tokens: 8, grammar: 'root ::= [q-z]{8}' };

describe('several texts of one request', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));

  const complete = (body: object): Promise<Completion> =>
    server.ask('/v1/completions', { max_tokens: 6, temperature: 0, ...body });
  const errorOf = async (body: object): Promise<{ message: string; param: string }> => {
    const response = await server.post('/v1/completions', body);
    assert.equal(response.status, 400);
    return ((await response.json()) as { error: { message: string; param: string } }).error;
  };

  it('are those of its prompts one by one, and cost as much', async () => {
    const single = await Promise.all(PROMPTS.map((prompt) => complete({ prompt })));
    const { choices, usage } = await complete({ prompt: PROMPTS });
    assert.deepEqual(
      choices.map(({ index, text }) => [index, text]),
      single.map((each, index) => [index, each.choices[0]?.text]),
    );
    for (const part of ['prompt_tokens', 'completion_tokens'] as const)
      assert.equal(
        usage[part],
        single.reduce((sum, each) => sum + each.usage[part], 0),
      );
  });

  it('are the same for prompts given as lists of tokens', async () => {
    // The scripted model's tokens are bytes, and prompts of tokens aren't healed.
    const tokens = PROMPTS.map((prompt) => [...Buffer.from(prompt)]);
    const single = await Promise.all(tokens.map((prompt) => complete({ prompt })));
    const { choices } = await complete({ prompt: tokens });
    assert.deepEqual(
      choices.map(({ text }) => text),
      single.map((each) => each.choices[0]?.text),
    );
  });

  it('come with n for each prompt in turn, and a prompt counts once', async () => {
    const [one] = await Promise.all([complete({ prompt: PROMPTS.slice(0, 2) })]);
    const { choices, usage } = await complete({ prompt: PROMPTS.slice(0, 2), n: 2, echo: true });
    assert.deepEqual(
      choices.map(({ index, text }) => [index, PROMPTS.findIndex((prompt) => text.startsWith(prompt))]),
      [
        [0, 0],
        [1, 0],
        [2, 1],
        [3, 1],
      ],
    );
    assert.equal(usage.prompt_tokens, one.usage.prompt_tokens);
    assert.equal(usage.completion_tokens, 2 * one.usage.completion_tokens);
  });

  it('differ although they have one seed, and are the same the next time', async () => {
    const body = { prompt: 'x', n: 4, ...RANDOM, seed: 3 };
    const [first, second] = [await complete(body), await complete(body)];
    assert.deepEqual(second.choices, first.choices);
    assert.ok(new Set(first.choices.map(({ text }) => text)).size > 1);
  });

  it('have the probabilities of each prompt alone, as evaluation harnesses ask for them', async () => {
    const body = { max_tokens: 0, echo: true, logprobs: 1 };
    const { choices, usage } = await complete({ ...body, prompt: PROMPTS });
    for (const [index, prompt] of PROMPTS.entries()) {
      const [alone] = (await complete({ ...body, prompt })).choices;
      const { text, logprobs } = choices[index] ?? assert.fail();
      assert.equal(text, prompt);
      assert.deepEqual(logprobs?.tokens, alone?.logprobs?.tokens);
      assert.deepEqual(logprobs?.text_offset, alone?.logprobs?.text_offset);
      for (const [at, value] of (logprobs?.token_logprobs ?? []).slice(1).entries())
        assert.ok(Math.abs(value - (alone?.logprobs?.token_logprobs[at + 1] ?? 0)) < 0.05);
    }
    assert.equal(usage.completion_tokens, 0);
  });

  it('stream with their indexes, each with its end', async () => {
    const body = { prompt: PROMPTS, n: 2, max_tokens: 6, temperature: 0 };
    const whole = await complete(body);
    const options = { stream: true, stream_options: { include_usage: true } };
    const events = await allEvents(await server.post('/v1/completions', { ...body, ...options }));
    assert.equal(events.at(-1), '[DONE]');
    const all = events.slice(0, -1) as Completion[];
    const choices = all.flatMap((event) => event.choices);
    for (const { index, text, finish_reason } of whole.choices) {
      const own = choices.filter((choice) => choice.index === index);
      assert.equal(own.map((choice) => choice.text).join(''), text);
      assert.deepEqual(
        own.map((choice) => choice.finish_reason).filter((each) => each !== null),
        [finish_reason],
      );
    }
    assert.deepEqual(all.at(-1)?.choices, []);
    assert.equal(all.at(-1)?.usage.completion_tokens, whole.usage.completion_tokens);
  });

  it('are chosen by best_of, by the probability per token', async () => {
    const body = { prompt: PROMPTS.slice(0, 2), ...RANDOM, seed: 5, logprobs: 0 };
    const all = await complete({ ...body, n: 4 });
    const best = await complete({ ...body, n: 1, best_of: 4 });
    assert.ok(new Set(all.choices.map(({ text }) => text)).size > 2);
    const mean = ({ logprobs }: Choice): number =>
      (logprobs?.token_logprobs ?? []).reduce((sum, each) => sum + each, 0) /
      Math.max(1, logprobs?.token_logprobs.length ?? 0);
    assert.equal(best.choices.length, 2);
    for (const [prompt, choice] of best.choices.entries()) {
      const means = all.choices.slice(4 * prompt, 4 * prompt + 4).map(mean);
      assert.ok(Math.abs(mean(choice) - Math.max(...means)) < 1e-6);
    }
    assert.equal(best.usage.completion_tokens, all.usage.completion_tokens);
  });

  it('are refused above the limit, with the field’s name', async () => {
    assert.match((await errorOf({ prompt: Array(65).fill('x') })).message, /65 texts, but 64/);
    assert.equal((await errorOf({ prompt: ['a', 'b'], n: 40 })).param, 'n');
    assert.equal((await errorOf({ prompt: 'a', n: 3, best_of: 2 })).param, 'best_of');
    assert.equal((await errorOf({ prompt: 'a', best_of: 2, stream: true })).param, 'best_of');
    const echo = { prompt: Array(40).fill('x'), echo: true, logprobs: 5, max_tokens: 0 };
    assert.match((await errorOf(echo)).message, /can have 21 texts at once/);
    assert.match((await errorOf({ prompt: [] })).message, /prompt/);
  });

  it('fail together, with the index of the prompt that is wrong', async () => {
    const long = 'word '.repeat(3000);
    assert.deepEqual((await errorOf({ prompt: ['a', long] })).param, 'prompt.1');
    const { param, message } = await errorOf({ prompt: [[1], [2], [4_000_000_000]] });
    assert.equal(param, 'prompt.2');
    assert.match(message, /token 4000000000/);
    const { queue } = (await (await fetch(`${server.url}/health`)).json()) as { queue: object };
    assert.deepEqual(queue, { running: 0, waiting: 0 });
  });

  it('are answers of a chat with n, streamed or not', async () => {
    const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
    const body = {
      model: 'any',
      messages: [{ role: 'user' as const, content: 'Say hello.' }],
      max_completion_tokens: 8,
      temperature: 0,
      n: 3,
    };
    const { choices, usage } = await client.chat.completions.create(body);
    assert.deepEqual(
      choices.map(({ index }) => index),
      [0, 1, 2],
    );
    // OpenAI's own client puts the chunks together again.
    const stream = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
    const streamed = await stream.finalChatCompletion();
    assert.deepEqual(
      streamed.choices.map(({ message }) => message.content),
      choices.map(({ message }) => message.content),
    );
    assert.equal(streamed.usage?.completion_tokens, usage?.completion_tokens);
    assert.equal(usage?.completion_tokens, 3 * 8);
  });
});
