import assert from 'node:assert/strict';
import { createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { flood, type FloodResult } from './support/flood.js';
import { ServeProcess } from './support/serveProcess.js';

/** Hardly less than the limit. */
const LARGE = Buffer.from(JSON.stringify({ prompt: 'word '.repeat(838_000), max_tokens: 1 }));

/** A body that unpacks to so many zeros. */
async function bomb(bytes: number): Promise<Buffer> {
  const block = Buffer.alloc(1_000_000);
  const blocks = Readable.from(Array.from({ length: bytes / block.length }, () => block));
  const pieces: Buffer[] = [];
  for await (const piece of blocks.pipe(createGzip())) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

describe('a server that gets many large bodies at once', function () {
  this.timeout(180_000);
  let server: ServeProcess;
  before(async () => {
    server = await ServeProcess.start(['--model', await scriptedCoder(), '--context', '512']);
    assert.equal((await server.post('/chat', { prompt: 'Say hi.', max_tokens: 3 })).status, 200);
  });
  after(async () => assert.equal(await server.stop(), 0));

  /** Each gets one of these answers, others are answered meanwhile, and the memory stays within bounds. */
  const check = (result: FloodResult, expected: readonly string[], maxMegabytes: number): void => {
    const { answers, peakBytes, slowestHealthMs } = result;
    const others = answers.filter((answer) => !expected.includes(answer));
    assert.deepEqual(others, []);
    assert.ok(answers.includes(expected[0] ?? ''), answers.join());
    assert.ok(peakBytes < maxMegabytes * 1e6, `${Math.round(peakBytes / 1e6)} MB more`);
    assert.ok(slowestHealthMs < 5000, `health took ${Math.round(slowestHealthMs)} ms`);
  };
  const TOO_LONG = '400 context_length_exceeded';
  const BUSY = ['429 too_many_large_bodies', '429 queue_full'];

  it('answers all 400 of 4 MiB, in bounded memory', async () => {
    const result = await flood(server, { count: 400, path: '/chat', body: LARGE });
    check(result, [TOO_LONG, ...BUSY], 400);
  });

  it('counts 400 of 6 KB that unpack to 4 MiB as what they become', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const result = await flood(server, { count: 400, path: '/chat', body: gzipSync(LARGE), headers });
    check(result, [TOO_LONG, ...BUSY], 400);
  });

  it('refuses 100 of 1 MB that unpack to 1 GB', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const result = await flood(server, { count: 100, path: '/infill', body: await bomb(1e9), headers });
    check(result, ['413 body_too_large', ...BUSY], 400);
  });

  it('answers as before afterwards', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => server.post('/chat', { prompt: 'Say hi.', max_tokens: 3 })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array(8).fill(200),
    );
  });
});
