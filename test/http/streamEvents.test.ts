import assert from 'node:assert/strict';
import { allEvents } from './support/events.js';
import type { ServeProcess } from './support/serveProcess.js';
import { coderServer } from './support/servers.js';

interface Chunk {
  readonly choices: readonly { readonly delta: { readonly content?: string } }[];
  readonly usage?: { readonly completion_tokens: number };
  readonly prompt_progress?: { readonly total: number; readonly cache: number; readonly processed: number };
  readonly timings?: { readonly predicted_n: number };
}

describe('a streamed chat with a long prompt', () => {
  let server: ServeProcess;
  before(async () => (server = await coderServer()));

  /** A prompt that is evaluated in several slices. */
  const stream = async (first: string, more: object = {}): Promise<readonly Chunk[]> => {
    const content = `${first} ${'jars of plum jam, '.repeat(60)}`;
    const body = {
      messages: [{ role: 'user', content }],
      max_tokens: 4,
      temperature: 0,
      stream: true,
      ...more,
    };
    const all = await allEvents(await server.post('/v1/chat/completions', body));
    assert.equal(all.at(-1), '[DONE]');
    return all.slice(0, -1) as Chunk[];
  };

  it('has a choice in every event', async () => {
    const all = await stream('one');
    for (const { choices } of all) assert.equal(typeof choices[0]?.delta, 'object');
    assert.ok(all.every((chunk) => chunk.prompt_progress === undefined));
    assert.equal(all.at(-1)?.timings?.predicted_n, 4);
  });

  it('has none in the event with the usage only', async () => {
    const all = await stream('two', { stream_options: { include_usage: true } });
    assert.deepEqual(
      all.filter(({ choices }) => choices.length === 0).map(({ usage }) => usage?.completion_tokens),
      [4],
    );
    assert.equal(all.at(-1)?.choices.length, 0);
  });

  it('tells of the prompt’s progress where that is asked for', async () => {
    const all = await stream('three', { return_progress: true });
    const progress = all.map((chunk) => chunk.prompt_progress).filter((each) => each !== undefined);
    assert.ok(progress.length > 1, `${progress.length} events`);
    for (const { total, cache, processed } of progress) assert.ok(cache <= processed && processed <= total);
    for (const { choices } of all) assert.equal(choices.length, 1);
  });
});
