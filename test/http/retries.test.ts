import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { ServeProcess } from './support/serveProcess.js';
import { plainServer } from './support/servers.js';

const HELLO = { model: 'm', max_tokens: 8, messages: [{ role: 'user' as const, content: 'Say hello.' }] };

/** What the server answered to each of a client's tries. */
interface Try {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** OpenAI's own client with the retries that it makes by default. */
function retryingClient(url: string, onTry: (one: Try) => void): OpenAI {
  return new OpenAI({
    baseURL: `${url}/v1`,
    apiKey: 'none',
    fetch: async (...args: Parameters<typeof fetch>) => {
      const response = await fetch(...args);
      onTry({ status: response.status, retryAfter: response.headers.get('retry-after') });
      return response;
    },
  });
}

describe('clients that try again by themselves', function () {
  this.timeout(120_000);

  it('get their answer from a busy server once a slot is free', async () => {
    const server = await ServeProcess.start([
      ...['--model', await scriptedCoder(), '--parallel', '1', '--queue', '0'],
    ]);
    // From then on the server knows how long an answer takes.
    await server.ask('/chat', { prompt: 'Say hello.', max_tokens: 3 });
    const long = new AbortController();
    const story = server
      .post('/chat', { prompt: 'Write a very long story.', max_tokens: 2000 }, { signal: long.signal })
      .catch(() => undefined);
    while ((await server.metric('requests_running')) === 0);
    const tries: Try[] = [];
    const client = retryingClient(server.url, (one) => {
      tries.push(one);
      long.abort();
    });
    const { choices } = await client.chat.completions.create(HELLO);
    assert.match(choices[0]?.message.content ?? '', /^Hello/);
    assert.equal(tries[0]?.status, 429);
    assert.ok(
      Number(tries[0].retryAfter) >= 5 && Number(tries[0].retryAfter) <= 60,
      `${tries[0].retryAfter}`,
    );
    assert.equal(tries.at(-1)?.status, 200);
    await story;
    assert.equal(await server.stop(), 0);
  });

  it('are told at once what another try wouldn’t change', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-none-'));
    const empty = await ServeProcess.start([], { YOUTU_MODELS_FOLDER: folder });
    const plain = await plainServer();
    const tries: Try[] = [];
    const note = (one: Try): number => tries.push(one);
    await assert.rejects(
      retryingClient(empty.url, note).chat.completions.create(HELLO),
      /503 There is no model for chat yet\. Download one/,
    );
    // This model has no infill tokens.
    await assert.rejects(
      retryingClient(plain.url, note).completions.create({
        model: 'm',
        prompt: 'a = ',
        suffix: '\n',
        max_tokens: 4,
      }),
      /501 .* has no infill tokens/,
    );
    assert.deepEqual(tries, [
      { status: 503, retryAfter: null },
      { status: 501, retryAfter: null },
    ]);
    assert.equal(await empty.stop(), 0);
    await rm(folder, { recursive: true });
  });
});
