import assert from 'node:assert/strict';
import { allEvents } from './support/events.js';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer } from './support/servers.js';

interface Logprob {
  readonly token: string;
  readonly bytes: readonly number[];
}
interface ChatChoice {
  readonly message: { readonly content: string };
  readonly delta: { readonly content?: string };
  readonly logprobs: {
    readonly content: readonly (Logprob & { readonly top_logprobs: readonly Logprob[] })[];
  } | null;
}
interface Completion {
  readonly choices: readonly {
    readonly text: string;
    readonly finish_reason: string;
    readonly logprobs: {
      readonly tokens: readonly string[];
      readonly token_logprobs: readonly (number | null)[];
      readonly top_logprobs: readonly (Readonly<Record<string, number>> | null)[];
      readonly text_offset: readonly number[];
    };
  }[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

const REPLACEMENT = [239, 191, 189];
const SIGN = '🦩🪿 龘𠮷';
const FORM = {
  messages: [{ role: 'user', content: 'Fill in the form.' }],
  temperature: 0,
  max_tokens: 250,
  logprobs: true,
  top_logprobs: 2,
  response_format: {
    type: 'json_schema',
    json_schema: { schema: { type: 'object', properties: { sign: { const: SIGN } }, required: ['sign'] } },
  },
};

const joined = (tokens: readonly Logprob[]): string =>
  Buffer.from(tokens.flatMap(({ bytes }) => bytes)).toString();

describe('token probabilities', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));

  const complete = (body: object): Promise<Completion> => server.ask('/v1/completions', body);

  it('have the bytes of tokens that are parts of characters', async () => {
    const { choices } = await server.ask<{ choices: readonly ChatChoice[] }>('/v1/chat/completions', FORM);
    const tokens = choices[0]?.logprobs?.content ?? [];
    assert.deepEqual(JSON.parse(choices[0]?.message.content ?? ''), { sign: SIGN });
    assert.equal(joined(tokens), choices[0]?.message.content);
    for (const { bytes, top_logprobs: top } of tokens)
      for (const each of [bytes, ...top.map((other) => other.bytes)]) assert.notDeepEqual(each, REPLACEMENT);
    // The first byte of an emoji, as OpenAI writes it.
    assert.ok(tokens.some(({ token }) => token === '\\xf0'));
  });

  it('are the same in a stream', async () => {
    const events = await allEvents(await server.post('/v1/chat/completions', { ...FORM, stream: true }));
    const choices = events
      .slice(0, -1)
      .map((event) => (event as { choices: readonly ChatChoice[] }).choices[0]);
    const text = choices.map((choice) => choice?.delta.content ?? '').join('');
    assert.equal(joined(choices.flatMap((choice) => choice?.logprobs?.content ?? [])), text);
    assert.ok(text.includes(SIGN) && !text.includes('\ufffd'));
  });

  it('are those of the prompt too with echo, the first without one', async () => {
    const prompt = '😀 def add(a, b):';
    const { choices } = await complete({ prompt, max_tokens: 1, echo: true, logprobs: 1, temperature: 0 });
    const [choice] = choices;
    if (choice === undefined) assert.fail('no choice');
    assert.ok(choice.text.startsWith(prompt));
    const { tokens, token_logprobs: values, top_logprobs: top, text_offset: offsets } = choice.logprobs;
    assert.equal(tokens[0], 'bytes:\\xf0');
    assert.equal(tokens.slice(4).join(''), [...choice.text].slice(1).join(''));
    assert.deepEqual(offsets.slice(0, 6), [0, 0, 0, 0, 1, 2]);
    assert.deepEqual([values[0], top[0]], [null, null]);
    for (const [index, value] of values.slice(1).entries()) {
      assert.ok(value !== null && value <= 0);
      assert.ok(Math.max(...Object.values(top[index + 1] ?? {})) >= value);
    }
  });

  it('of a prompt alone come with max_tokens 0, as evaluation harnesses ask for them', async () => {
    const prompt = 'The capital of France is Paris';
    const body = { prompt: [prompt], max_tokens: 0, echo: true, logprobs: 1, temperature: 0 };
    const { choices, usage } = await complete(body);
    assert.equal(choices[0]?.text, prompt);
    assert.equal(choices[0].logprobs.tokens.join(''), prompt);
    assert.equal(choices[0].finish_reason, 'length');
    assert.equal(usage.completion_tokens, 0);
    // The same, given as tokens, and again with a cache that knows the prompt: here a byte is a token.
    const tokens = [...Buffer.from(prompt)];
    if (usage.prompt_tokens === tokens.length)
      for (const given of [tokens, [tokens]])
        assert.deepEqual((await complete({ ...body, prompt: given })).choices, choices);
  });

  it('are those of the end too with echo, where a harness drops the last token of each text', async () => {
    const prompt = 'The capital of France is Paris';
    const body = { prompt, grammar: 'root ::= "x"', logprobs: 1, temperature: 0, max_tokens: 5 };
    const { choices, usage } = await complete({ ...body, echo: true });
    const { token_logprobs: values, tokens, text_offset: offsets } = choices[0]?.logprobs ?? assert.fail();
    assert.equal(choices[0]?.text, `${prompt}x`);
    assert.equal(choices[0].finish_reason, 'stop');
    assert.equal(tokens.length, usage.prompt_tokens + 2);
    assert.equal(tokens.at(-2), 'x');
    assert.equal(offsets.at(-1), prompt.length + 1);
    assert.ok(Number(values.at(-1)) < 0);
    const alone = await complete(body);
    assert.deepEqual(alone.choices[0]?.logprobs.tokens, ['x']);
  });

  it('are listed for the tokens of the answer only, not for those that heal the prompt', async () => {
    const body = { prompt: 'def square(x):\n    return', temperature: 0, logprobs: 1 };
    const whole = await complete({ ...body, max_tokens: 3 });
    assert.equal(whole.choices[0]?.logprobs.tokens.join(''), whole.choices[0]?.text);
    assert.equal(whole.usage.completion_tokens, whole.choices[0]?.logprobs.tokens.length);
    for (const count of [1]) {
      const { choices, usage } = await complete({ ...body, max_tokens: count });
      assert.equal(choices[0]?.logprobs.tokens.length, count);
      assert.deepEqual(choices[0].logprobs.tokens, whole.choices[0]?.logprobs.tokens.slice(0, count));
      assert.notEqual(choices[0].text, '');
      assert.equal(usage.completion_tokens, count);
      assert.equal(usage.prompt_tokens, whole.usage.prompt_tokens);
    }
  });

  it('of tokens that the model doesn’t have are refused', async () => {
    const response = await server.post('/v1/completions', { prompt: [1, 4_000_000_000] });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /token 4000000000/);
  });
});
