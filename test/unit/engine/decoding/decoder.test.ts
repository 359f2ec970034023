import assert from 'node:assert/strict';
import { newStats, type DecodeStats } from '../../../../src/engine/decoding/decodeRun.js';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { GREEDY, type ModelContext } from '../../../../src/engine/model/model.js';
import { EngineError } from '../../../../src/protocol/errors.js';
import type { WorkKind } from '../../../../src/protocol/status.js';
import { ScriptedModel, type Step } from '../../support/scriptedModel.js';

const never = new AbortController().signal;

interface Run {
  readonly kind?: WorkKind;
  readonly maxTokens?: number;
  readonly signal?: AbortSignal;
  readonly stats?: DecodeStats;
  readonly onPrefill?: (done: number, total: number) => void;
}

async function run(
  decoder: Decoder,
  model: ScriptedModel,
  context: ModelContext,
  prompt: string,
  options: Run = {},
): Promise<string> {
  const { stats, ...rest } = options;
  const tokens: number[] = [];
  const all = { kind: 'chat', sampling: GREEDY, maxTokens: 1000, signal: never, ...rest } as const;
  for await (const token of decoder.decode(context, model.tokenize(prompt, true), all, stats))
    tokens.push(token);
  return model.detokenize(tokens);
}

/** Tokens of each prefill. */
function slices(steps: readonly Step[]): number[] {
  return steps.filter(({ operation }) => operation === 'prefill').map(({ count }) => count);
}

describe('Decoder', () => {
  const open = (model: ScriptedModel, contextTokens = 4096, batchTokens = 64): Promise<ModelContext> =>
    model.openContext({ contextTokens, batchTokens });

  it('streams the answer and counts its tokens', async () => {
    const model = new ScriptedModel({ answer: () => 'answer' });
    const stats = newStats();
    const text = await run(new Decoder(new Scheduler()), model, await open(model), 'question', { stats });
    assert.equal(text, 'answer');
    assert.equal(stats.promptTokens, 'question'.length);
    assert.equal(stats.completionTokens, 'answer'.length);
    assert.equal(stats.finish, 'stop');
    assert.ok(stats.totalMs >= stats.firstTokenMs);
  });

  it('ends at the token limit', async () => {
    const model = new ScriptedModel({ answer: () => 'answer' });
    const stats = newStats();
    const options = { maxTokens: 3, stats };
    assert.equal(await run(new Decoder(new Scheduler()), model, await open(model), 'q', options), 'ans');
    assert.equal(stats.finish, 'length');
  });

  it('cuts a long prompt into slices of at most one batch, and reports each', async () => {
    const model = new ScriptedModel({ answer: () => '' });
    const reports: [number, number][] = [];
    await run(new Decoder(new Scheduler()), model, await open(model), 'x'.repeat(1000), {
      onPrefill: (done, total) => reports.push([done, total]),
    });
    const sizes = slices(model.steps);
    assert.ok(sizes.length > 10 && sizes.every((count) => count <= 64));
    assert.deepEqual(
      reports.map(([done]) => done),
      sizes.map((_, index) => sizes.slice(0, index + 1).reduce((sum, count) => sum + count)),
    );
    assert.ok(reports.every(([, total]) => total === 1000));
    const evaluated = model.steps.filter(({ operation }) => operation === 'prefill' || operation === 'token');
    assert.equal(
      evaluated.reduce((sum, { count }) => sum + count, 0),
      1000,
    );
  });

  it('measures the speed of each context separately', async () => {
    const model = new ScriptedModel({ answer: () => '' });
    const decoder = new Decoder(new Scheduler());
    const [used, unused] = [await open(model), await open(model)];
    await run(decoder, model, used, 'x'.repeat(1000));
    assert.ok((decoder.prefillSpeedOf(used) ?? 0) > 0);
    assert.equal(decoder.prefillSpeedOf(unused), undefined);
    model.steps.length = 0;
    await run(decoder, model, unused, 'x'.repeat(1000), { kind: 'completion' });
    // As without a measurement: the first slice is small.
    assert.ok((slices(model.steps)[0] ?? 0) < 64);
  });

  it('prefills a chat in whole batches, and in short slices while the user types', async () => {
    const model = new ScriptedModel({ answer: () => '' });
    const decoder = new Decoder(new Scheduler());
    const [chat, completion] = [await open(model), await open(model)];
    await run(decoder, model, chat, 'x'.repeat(1000));
    assert.equal(slices(model.steps)[0], 64);
    await run(decoder, model, completion, 'y', { kind: 'completion' });
    const unread = await open(model);
    model.steps.length = 0;
    await run(decoder, model, unread, 'x'.repeat(1000));
    assert.ok((slices(model.steps)[0] ?? 0) < 64);
  });

  it('evaluates only what isn’t cached, and always the last token', async () => {
    const model = new ScriptedModel({ answer: () => 'yes' });
    const decoder = new Decoder(new Scheduler());
    const context = await open(model);
    await run(decoder, model, context, 'the same prompt');
    const stats = newStats();
    await run(decoder, model, context, 'the same prompt', { stats });
    assert.equal(stats.cachedTokens, 'the same prompt'.length - 1);
    await run(decoder, model, context, 'the same end', { stats });
    assert.equal(stats.cachedTokens, 'the same '.length);
  });

  it('stops between two slices of the prompt when it is aborted', async () => {
    const controller = new AbortController();
    const model = new ScriptedModel({ answer: () => 'never' });
    const context = await open(model);
    await assert.rejects(
      run(new Decoder(new Scheduler()), model, context, 'x'.repeat(1000), {
        signal: controller.signal,
        onPrefill: () => controller.abort(new Error('stopped')),
      }),
      /stopped/,
    );
    assert.equal(slices(model.steps).length, 1);
    assert.ok(!model.steps.some(({ operation }) => operation === 'token'));
  });

  it('stops between two tokens when it is aborted', async () => {
    const controller = new AbortController();
    const model = new ScriptedModel({
      answer: () => 'endless'.repeat(100),
      before: ({ operation }) => {
        if (operation === 'token' && model.steps.filter((step) => step.operation === 'token').length === 4)
          controller.abort(new Error('stopped'));
      },
    });
    const options = { signal: controller.signal };
    const running = run(new Decoder(new Scheduler()), model, await open(model), 'q', options);
    await assert.rejects(running, /stopped/);
    // The quantum that was aborted is finished, and no other is started.
    assert.equal(model.steps.filter(({ operation }) => operation === 'token').length, 5);
  });

  it('stops decoding when the caller asks for it', async () => {
    const model = new ScriptedModel({ answer: () => 'line\nanother' });
    const decoder = new Decoder(new Scheduler());
    const context = await open(model);
    const options = { kind: 'completion', sampling: GREEDY, maxTokens: 100, signal: never } as const;
    for await (const token of decoder.decode(context, model.tokenize('x', true), options))
      if (model.detokenize([token]) === '\n') break;
    assert.equal(model.steps.filter(({ operation }) => operation === 'token').length, 'line\n'.length);
    assert.equal(await run(decoder, model, context, 'x'), 'line\nanother');
  });

  it('runs a completion between two prefill slices of a chat', async () => {
    const model = new ScriptedModel({ answer: () => 'ok' });
    const decoder = new Decoder(new Scheduler());
    const [chat, completion] = [await open(model), await open(model)];
    let completed: Promise<string> | undefined;
    await run(decoder, model, chat, 'x'.repeat(600), {
      onPrefill: () => {
        completed ??= run(decoder, model, completion, 'y', { kind: 'completion' });
      },
    });
    await completed;
    const order = model.steps.filter(({ operation }) => operation !== 'open').map(({ context }) => context);
    const begin = order.indexOf(1);
    const end = order.lastIndexOf(1);
    assert.deepEqual(order.slice(begin, end + 1), Array(end - begin + 1).fill(1));
    assert.ok(begin <= 3, 'expected at most one running slice first');
    assert.ok(order.slice(end + 1).length > 5, 'the chat continued afterwards');
  });

  it('rejects a prompt that leaves no room for an answer', async () => {
    const model = new ScriptedModel({ answer: () => 'x' });
    const context = await open(model, 100);
    await assert.rejects(
      run(new Decoder(new Scheduler()), model, context, 'x'.repeat(100)),
      (error) => error instanceof EngineError && error.data.kind === 'promptTooLong',
    );
    assert.deepEqual(slices(model.steps), []);
  });

  it('ends where the context is full', async () => {
    const model = new ScriptedModel({ answer: () => 'y'.repeat(500) });
    const stats = newStats();
    const text = await run(new Decoder(new Scheduler()), model, await open(model, 100), 'x'.repeat(90), {
      stats,
    });
    assert.equal(text, 'y'.repeat(10));
    assert.equal(stats.finish, 'length');
  });

  it('rejects with a failed evaluation, and can be used again', async () => {
    let fails = true;
    const model = new ScriptedModel({
      answer: () => 'fine',
      before: ({ operation }) => {
        if (operation === 'token' && fails) throw new Error('decode failed');
      },
    });
    const decoder = new Decoder(new Scheduler());
    const context = await open(model);
    await assert.rejects(run(decoder, model, context, 'x'), /decode failed/);
    fails = false;
    assert.equal(await run(decoder, model, context, 'x'), 'fine');
  });
});
