import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { newStats } from '../../../../src/engine/decoding/decodeRun.js';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { GREEDY } from '../../../../src/engine/model/model.js';
import { SlotRunner, type SlotJob } from '../../../../src/engine/decoding/slotRunner.js';

import { Gate } from '../../support/gate.js';
import { ScriptedModel, type Script, type Step } from '../../support/scriptedModel.js';

interface Written {
  readonly job: SlotJob;
  text: string;
}

async function setUp(
  script: Script,
  slots: number,
): Promise<{
  readonly model: ScriptedModel;
  readonly runner: SlotRunner;
  readonly write: (prompt: string, more?: Partial<SlotJob>) => Written & { readonly ended: Promise<void> };
}> {
  const model = new ScriptedModel(script);
  const scheduler = new Scheduler();
  const options = { contextTokens: 2048, batchTokens: 16, sequences: slots };
  const runner = new SlotRunner(await model.openSlots(options), scheduler, new Decoder(scheduler));
  const write = (
    prompt: string,
    more: Partial<SlotJob> = {},
  ): Written & { readonly ended: Promise<void> } => {
    const written = { text: '' };
    const job: SlotJob = {
      caller: { address: 'one', name: '' },
      prompt: model.tokenize(prompt, false),
      sampling: GREEDY,
      maxTokens: 100,
      signal: new AbortController().signal,
      stats: newStats(),
      onToken: (token) => {
        written.text += model.detokenize([token]);
        return true;
      },
      ...more,
    };
    return Object.assign(written, { job, ended: runner.run(job) });
  };
  return { model, runner, write };
}

const echo: Script = { answer: (prompt) => `[${prompt}]` };
const tokens = (steps: readonly Step[]): readonly number[] =>
  steps.filter(({ operation }) => operation === 'token').map(({ context }) => context);

describe('generations in slots', () => {
  it('run in parallel, without mixing their texts', async () => {
    const { model, write } = await setUp(echo, 3);
    const all = ['first', 'second', 'third'].map((prompt) => write(prompt));
    await Promise.all(all.map(({ ended }) => ended));
    assert.deepEqual(
      all.map(({ text }) => text),
      ['[first]', '[second]', '[third]'],
    );
    const order = tokens(model.steps);
    // Each of them had a token before the first one finished.
    assert.ok(new Set(order.slice(0, 9)).size === 3, order.join());
  });

  it('wait for a slot, and alternate between callers', async () => {
    const { write, runner } = await setUp(echo, 1);
    const ends: string[] = [];
    const all = [
      ['a', '1'],
      ['a', '2'],
      ['a', '3'],
      ['b', '4'],
    ].map(([caller = '', prompt = '']) =>
      write(prompt, { caller: { address: caller, name: '' } }).ended.then(() => ends.push(prompt)),
    );
    await setImmediate();
    assert.equal(runner.running, 1);
    assert.equal(runner.waiting, 3);
    await Promise.all(all);
    assert.deepEqual(ends, ['1', '2', '4', '3']);
    assert.equal(runner.running + runner.waiting, 0);
  });

  it('reuse the slot that has their prefix cached', async () => {
    const { write } = await setUp({ answer: () => 'ok' }, 2);
    const [one, two] = ['a conversation about cats', 'quite another one about dogs'];
    await write(one).ended;
    await write(two).ended;
    const again = write(`${one}ok and more`);
    await again.ended;
    assert.equal(again.job.stats.cachedTokens, one.length + 2);
  });

  it('release their slot within one token when they are aborted', async () => {
    const gate = new Gate();
    let count = 0;
    const { model, write, runner } = await setUp(
      {
        answer: () => 'abcdefgh',
        before: ({ operation }) => (operation === 'token' && ++count === 3 ? gate.pass() : undefined),
      },
      1,
    );
    const abort = new AbortController();
    const first = write('x', { signal: abort.signal });
    await gate.arrival();
    abort.abort(new Error('gone'));
    await gate.release();
    await assert.rejects(first.ended, /gone/);
    assert.ok(tokens(model.steps).length <= 4, `${tokens(model.steps).length} tokens`);
    await write('y').ended;
    assert.equal(runner.running, 0);
  });

  it('leave the queue when they are aborted while waiting', async () => {
    const { write, runner } = await setUp(echo, 1);
    const first = write('first');
    const abort = new AbortController();
    const second = write('second', { signal: abort.signal });
    abort.abort(new Error('gone'));
    await assert.rejects(second.ended, /gone/);
    assert.equal(runner.waiting, 0);
    await first.ended;
    assert.equal(second.text, '');
  });

  it('continue when one of them fails', async () => {
    const { write } = await setUp(
      {
        ...echo,
        before: ({ operation, context }) => {
          if (operation === 'token' && context === 0) throw new Error('broken');
        },
      },
      2,
    );
    const [broken, whole] = [write('one'), write('two')];
    await assert.rejects(broken.ended, /broken/);
    await whole.ended;
    assert.equal(whole.text, '[two]');
  });

  it('end at their limit, and when the caller stops them', async () => {
    const { write } = await setUp(echo, 1);
    const cut = write('text', { maxTokens: 3 });
    await cut.ended;
    assert.equal(cut.text, '[te');
    assert.equal(cut.job.stats.finish, 'length');
    let seen = 0;
    const left = write('text', { onToken: () => ++seen < 2 });
    await left.ended;
    assert.equal(seen, 2);
  });

  it('only prefill when no token is requested', async () => {
    const { model, write } = await setUp(echo, 1);
    await write('a text to have in the cache', { maxTokens: 0 }).ended;
    assert.deepEqual(tokens(model.steps), []);
    const then = write('a text to have in the cache');
    await then.ended;
    assert.equal(then.job.stats.cachedTokens, 26);
  });

  it('continue decoding during the prefill of a long prompt', async () => {
    const { model, write } = await setUp({ answer: () => 'abcdefgh' }, 2);
    const long = write('x'.repeat(200));
    const short = write('y');
    await Promise.all([long.ended, short.ended]);
    const steps = model.steps.filter(({ operation }) => operation !== 'open');
    const lastRead = steps.findLastIndex(({ operation }) => operation === 'prefill');
    const before = steps
      .slice(0, lastRead)
      .filter(({ operation, context }) => operation === 'token' && context === 1);
    assert.ok(before.length >= 5, `${before.length} tokens before the prompt was read`);
  });
});
