import assert from 'node:assert/strict';
import { totalmem } from 'node:os';
import { newStats } from '../../src/engine/decoding/decodeRun.js';
import { Decoder, type DecodeOptions } from '../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../src/engine/decoding/scheduler.js';
import { TextStream } from '../../src/engine/decoding/output/textStream.js';
import { GREEDY, type Model, type ModelContext } from '../../src/engine/model/model.js';
import { EngineError } from '../../src/protocol/errors.js';
import type { TinyModelOptions } from '../fixtures/gguf/tinyModel.js';
import { RecordingContext, type Evaluation } from './support/recordingContext.js';
import { promptTokens, TestLlama } from './support/tinyLlama.js';

const never = new AbortController().signal;
const FILLER = 'words that it does not know, '.repeat(20);
const SPLIT = Buffer.from('你好😀!');

const MODEL: Omit<TinyModelOptions, 'architecture'> = {
  infill: true,
  replies: [
    { after: '(', text: 'a, b):\n    return a + b\n' },
    { after: '<|fim_middle|>', cue: 'banana', text: 'yellow fruit' },
    { after: '<|fim_middle|>', cue: 'cherry', text: 'red berry' },
    { after: '[', text: 'on and', then: 'loop' },
    // Each token ends inside a character.
    {
      after: '~',
      text: [SPLIT.subarray(0, 2), SPLIT.subarray(2, 5), SPLIT.subarray(5, 8), SPLIT.subarray(8)],
    },
  ],
};

for (const architecture of ['qwen2', 'deepseek2'] as const)
  describe(`decoding on a real llama.cpp, ${architecture}`, () => {
    const llama = new TestLlama();
    let model: Model;
    let decoder: Decoder;
    let contexts: ModelContext[] = [];

    before(async () => {
      model = await llama.loadTiny({ ...MODEL, architecture });
    });
    after(() => model.dispose());
    beforeEach(() => {
      decoder = new Decoder(new Scheduler());
    });
    afterEach(async () => {
      for (const context of contexts) await context.dispose();
      contexts = [];
    });

    async function open(
      owner = 'it',
      evaluations: Evaluation[] = [],
      contextTokens = 2048,
    ): Promise<RecordingContext> {
      const context = await model.openContext({ contextTokens, batchTokens: 128 });
      contexts.push(context);
      return new RecordingContext(context, owner, evaluations);
    }

    /** Decodes to the end; returns the pieces of text. */
    async function pieces(
      context: ModelContext,
      prompt: string,
      options: Partial<DecodeOptions> = {},
      stats = newStats(),
    ): Promise<string[]> {
      const all = { kind: 'chat', sampling: GREEDY, maxTokens: 50, signal: never, ...options } as const;
      const stream = new TextStream(model);
      const out: string[] = [];
      for await (const token of decoder.decode(context, promptTokens(model, prompt), all, stats))
        out.push(stream.push(token));
      return [...out, stream.flush()];
    }

    it('streams the answer token by token', async () => {
      const stats = newStats();
      const out = await pieces(await open(), 'def f(', {}, stats);
      assert.equal(out.join(''), 'a, b):\n    return a + b\n');
      assert.equal(out.length - 1, stats.completionTokens);
      assert.ok(out.length > 6, 'in more than one piece');
      assert.equal(stats.finish, 'stop');
    });

    it('emits complete characters made of several tokens', async () => {
      assert.deepEqual(await pieces(await open(), 'x~'), ['', '你', '好', '😀!', '']);
    });

    it('uses the requested sampling', async () => {
      const sampling = { temperature: 1, topP: 0.9, topK: 20, minP: 0.05, repeatPenalty: 1.1, seed: 7 };
      assert.equal(
        (await pieces(await open(), 'def f(', { sampling })).join(''),
        'a, b):\n    return a + b\n',
      );
    });

    it('chooses only among the allowed tokens', async () => {
      const [x] = model.tokenize('x', false);
      assert.ok(x !== undefined);
      let free = 0;
      const tokenConstraint = (): readonly number[] | undefined => (free++ < 3 ? [x] : undefined);
      assert.equal((await pieces(await open(), 'def f(', { tokenConstraint })).join(''), 'xxx');
    });

    it('evaluates only the last token of a cached prompt', async () => {
      const context = await open();
      const prompt = `${FILLER}banana<|fim_middle|>`;
      const length = promptTokens(model, prompt).length;
      assert.equal((await pieces(context, prompt)).join(''), 'yellow fruit');
      const before = context.evaluatedTokens;
      const stats = newStats();
      assert.equal((await pieces(context, prompt, {}, stats)).join(''), 'yellow fruit');
      assert.equal(stats.cachedTokens, length - 1);
      assert.equal(context.evaluatedTokens - before, 1 + stats.completionTokens);
    });

    it('keeps the common prefix of two prompts and drops the rest', async () => {
      const context = await open();
      await pieces(context, `${FILLER}banana ${FILLER}<|fim_middle|>`);
      const stats = newStats();
      const other = `${FILLER}cherry ${FILLER}<|fim_middle|>`;
      assert.equal((await pieces(context, other, {}, stats)).join(''), 'red berry');
      // The space before a word is part of the word's token.
      assert.equal(stats.cachedTokens, promptTokens(model, FILLER.trimEnd()).length);
    });

    it('stops between two slices of a long prompt, and keeps what was evaluated', async () => {
      const context = await open();
      const controller = new AbortController();
      const prompt = `${FILLER}banana ${FILLER}<|fim_middle|>`;
      const reports: number[] = [];
      const onPrefill = (done: number): void => {
        reports.push(done);
        controller.abort(new Error('stopped'));
      };
      const running = pieces(context, prompt, { signal: controller.signal, onPrefill });
      await assert.rejects(running, /stopped/);
      const [done] = reports;
      assert.equal(reports.length, 1);
      assert.equal(context.evaluatedTokens, done);
      assert.ok(done !== undefined && done <= 128 && promptTokens(model, prompt).length > 1000);
      const stats = newStats();
      assert.equal((await pieces(context, prompt, {}, stats)).join(''), 'yellow fruit');
      assert.equal(stats.cachedTokens, done);
    });

    it('stops between two tokens', async () => {
      const context = await open();
      const controller = new AbortController();
      const options = { kind: 'chat', sampling: GREEDY, maxTokens: 1000, signal: controller.signal } as const;
      const prompt = promptTokens(model, 'x[');
      let count = 0;
      await assert.rejects(async () => {
        for await (const token of decoder.decode(context, prompt, options)) {
          assert.ok(token > 0);
          if (++count === 5) controller.abort(new Error('stopped'));
        }
      }, /stopped/);
      assert.equal(count, 5);
      // Four of the five tokens were evaluated to choose the next one.
      assert.equal(context.evaluatedTokens, prompt.length + 4);
      assert.equal((await pieces(context, 'def f(')).join(''), 'a, b):\n    return a + b\n');
    });

    it('ends where the context is full, without dropping its beginning', async () => {
      const context = await open('it', [], 256);
      const stats = newStats();
      await pieces(context, 'x[', { maxTokens: 10_000 }, stats);
      assert.equal(stats.finish, 'length');
      assert.equal(stats.promptTokens + stats.completionTokens, context.contextTokens);
      assert.equal(await context.rewind(promptTokens(model, 'x[')), stats.promptTokens);
    });

    it('rejects a prompt that does not fit', async () => {
      const context = await open('it', [], 256);
      await assert.rejects(
        pieces(context, FILLER),
        (error) => error instanceof EngineError && error.data.kind === 'promptTooLong',
      );
    });

    it('runs a completion between two prefill slices of a chat', async () => {
      const evaluations: Evaluation[] = [];
      const chat = await open('chat', evaluations);
      const completion = await open('completion', evaluations);
      let completed: Promise<string[]> | undefined;
      const onPrefill = (): void => {
        completed ??= pieces(completion, 'cherry<|fim_middle|>', { kind: 'completion' });
      };
      const answer = await pieces(chat, `${FILLER}banana ${FILLER}<|fim_middle|>`, { onPrefill });
      assert.equal(answer.join(''), 'yellow fruit');
      assert.equal((await completed)?.join(''), 'red berry');
      const order = evaluations.map(({ owner }) => owner);
      const begin = order.indexOf('completion');
      const end = order.lastIndexOf('completion');
      assert.ok(begin <= 4, `expected after at most one running slice: ${order.join(' ')}`);
      assert.ok(!order.slice(begin, end).includes('chat'), order.join(' '));
      assert.ok(evaluations.slice(end).filter(({ operation }) => operation === 'prefill').length > 3);
    });

    it('keeps two contexts of one model separate', async () => {
      const [first, second] = [await open(), await open()];
      const answers = await Promise.all([
        pieces(first, `banana ${FILLER}<|fim_middle|>`),
        pieces(second, `cherry ${FILLER}<|fim_middle|>`),
      ]);
      assert.deepEqual(
        answers.map((each) => each.join('')),
        ['yellow fruit', 'red berry'],
      );
    });

    it('reports a failed evaluation of llama.cpp', async () => {
      const native = await model.openContext({ contextTokens: 256, batchTokens: 128 });
      await native.dispose();
      await assert.rejects(
        pieces(native, 'def f('),
        (error) => error instanceof EngineError && error.data.kind === 'evaluationFailed',
      );
    });

    it('reports the required memory of a context that doesn’t fit', async () => {
      const layers = 64;
      const deep = await llama.loadTiny({ ...MODEL, architecture, contextTokens: 2 ** 30, layers });
      // Keys and values of one head of 64 in half precision.
      const bytesPerToken = layers * 2 * 64 * 2;
      const contextTokens = Math.ceil((2 * totalmem()) / bytesPerToken);
      await assert.rejects(deep.openContext({ contextTokens, batchTokens: 128 }), (error) => {
        assert.ok(error instanceof EngineError && error.data.kind === 'notEnoughMemory', String(error));
        return error.data.neededBytes > totalmem() && error.data.availableBytes > 0;
      });
      await deep.dispose();
    });
  });
