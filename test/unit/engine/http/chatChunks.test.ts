import assert from 'node:assert/strict';
import type { TokenLogprobs } from '../../../../src/engine/decoding/output/outputReader.js';
import { ChatChunks, type ChunkOptions } from '../../../../src/engine/http/chatChunks.js';
import type { GenerationChunk, GenerationResult } from '../../../../src/engine/serving/generationRequest.js';

interface Chunk {
  readonly choices: readonly {
    readonly index: number;
    readonly delta: {
      readonly role?: string;
      readonly content?: string;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly { readonly function: object }[];
    };
    readonly logprobs: { readonly content: readonly { readonly token: string }[] } | null;
    readonly finish_reason: string | null;
  }[];
  readonly prompt_progress?: object;
}

const RESULT: GenerationResult = {
  model: 'm',
  text: '',
  thinking: '',
  finish: 'stop',
  stopSequence: undefined,
  promptTokens: 9,
  cachedTokens: 4,
  completionTokens: 3,
  isTruncated: false,
  contextTokens: 100,
  firstTokenMs: 10,
  totalMs: 40,
};
const PREFILL = { kind: 'prefill', done: 2, total: 5, cached: 4, milliseconds: 7.4 } as const;

function chunks(pieces: readonly GenerationChunk[], options: Partial<ChunkOptions> = {}): readonly Chunk[] {
  const sent: Chunk[] = [];
  const all = { tools: { names: [], isSingle: false }, hasProgress: false, ...options };
  const writer = new ChatChunks(2, all, (chunk) => void sent.push(chunk as Chunk));
  for (const piece of pieces) writer.push(piece);
  writer.end(RESULT, { timings: {} });
  return sent;
}

function piece(text: string, withLogprobs = false): GenerationChunk {
  const logprobs: readonly TokenLogprobs[] = [{ chosen: { bytes: Buffer.from(text), logprob: -1 }, top: [] }];
  return { kind: 'text', text, logprobs: withLogprobs ? logprobs : [] };
}

const contents = (all: readonly Chunk[]): readonly string[] =>
  all.map(({ choices }) => choices[0]?.delta.content ?? '').filter((content) => content !== '');
const TOOLS = { names: ['get_weather'], isSingle: false };

describe('the events of a streamed chat', () => {
  it('have a choice each, with the answer’s index', () => {
    for (const chunk of chunks([PREFILL, PREFILL, piece('a'), piece('b')]))
      assert.deepEqual(
        chunk.choices.map(({ index }) => index),
        [2],
      );
  });

  it('tell of the prompt only where that is asked for, as llama.cpp’s server does', () => {
    assert.ok(chunks([PREFILL, piece('a')]).every((chunk) => chunk.prompt_progress === undefined));
    const [, progress] = chunks([PREFILL, piece('a')], { hasProgress: true });
    assert.deepEqual(progress?.prompt_progress, { total: 9, cache: 4, processed: 6, time_ms: 7 });
    assert.deepEqual(progress.choices[0]?.delta, {});
  });

  it('bring an answer that is no call piece by piece, tools or not', () => {
    for (const text of [
      '```python\ndef f():\n    pass\n```',
      '{"red": "#f00", "blue": "#00f"}',
      '{"type": "palette", "colours": ["red", "green", "blue"]}',
      '{"id": 12, "colour": "red", "hex": "#f00"}',
      '{"type": {"of": "palette"}, "colours": ["red", "green"]}',
      '```json\n{"type": "palette", "colours": ["red", "green", "blue"]}\n```',
      'Use <tool_call> tags.',
      '`x`',
      '[1]',
    ]) {
      const pieces = [...text].map((each) => piece(each));
      const found = contents(chunks(pieces, { tools: TOOLS }));
      assert.equal(found.join(''), text);
      assert.ok(found.length > text.length / 3, `${text}: ${found.length} pieces`);
    }
  });

  it('hold a call back until it is whole', () => {
    const call = '{"name": "get_weather", "arguments": {"city": "Paris"}}';
    for (const text of [
      call,
      `\`\`\`json\n${call}\n\`\`\``,
      `<tool_call>\n${call}\n</tool_call>`,
      `{"id": "c\\"1", "type": "function", ${call.slice(1)}`,
    ]) {
      const all = chunks(
        [...text].map((each) => piece(each)),
        { tools: TOOLS },
      );
      assert.deepEqual(contents(all), [], text);
      const calls = all.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
      // The name comes first, as from OpenAI: avante.nvim reads no arguments beside it.
      assert.deepEqual(
        calls.map((each) => each.function),
        [{ name: 'get_weather', arguments: '' }, { arguments: '{"city":"Paris"}' }],
      );
      assert.equal(all.at(-1)?.choices[0]?.finish_reason, 'tool_calls');
    }
  });

  it('have the probabilities of every token, also of text that was held back', () => {
    for (const [text, tools] of [
      ['{"name": "now"}', TOOLS],
      ['{"name": "get_weather"}', TOOLS],
      ['plain', { names: [], isSingle: false }],
    ] as const) {
      const all = chunks(
        [...text].map((each) => piece(each, true)),
        { tools },
      );
      const tokens = all.flatMap(({ choices }) => choices[0]?.logprobs?.content ?? []);
      assert.equal(tokens.map(({ token }) => token).join(''), text);
    }
  });
});
