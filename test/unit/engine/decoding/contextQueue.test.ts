import assert from 'node:assert/strict';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { ContextQueue } from '../../../../src/engine/decoding/contextQueue.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { GREEDY } from '../../../../src/engine/model/model.js';
import { Gate } from '../../support/gate.js';
import { ScriptedModel } from '../../support/scriptedModel.js';

const never = new AbortController().signal;

function queueFor(model: ScriptedModel): ContextQueue {
  return new ContextQueue(model, 'chat', { contextTokens: 512, batchTokens: 64 });
}

/** Runs a whole decoding in the queue; returns its text. */
async function decodeIn(queue: ContextQueue, model: ScriptedModel, prompt: string): Promise<string> {
  const decoder = new Decoder(new Scheduler());
  return queue.use(never, async (context) => {
    const options = { kind: 'chat', sampling: GREEDY, maxTokens: 1000, signal: never } as const;
    const tokens: number[] = [];
    for await (const token of decoder.decode(context, model.tokenize(prompt, true), options))
      tokens.push(token);
    return model.detokenize(tokens);
  });
}

describe('ContextQueue', () => {
  it('opens its context at the first use, and once', async () => {
    const model = new ScriptedModel({ answer: () => 'hello' });
    const queue = queueFor(model);
    assert.deepEqual(model.steps, []);
    await Promise.all([decodeIn(queue, model, 'a'), decodeIn(queue, model, 'b')]);
    assert.equal(model.steps.filter(({ operation }) => operation === 'open').length, 1);
  });

  it('runs its tasks one after another, in order', async () => {
    const queue = queueFor(new ScriptedModel({ answer: () => '' }));
    const done: string[] = [];
    const task = (name: string) => async (): Promise<void> => {
      done.push(`${name} begins`);
      await new Promise(setImmediate);
      done.push(`${name} ends`);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => queue.use(never, task(name))));
    assert.deepEqual(done, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('continues after a failed task', async () => {
    const model = new ScriptedModel({ answer: () => 'fine' });
    const queue = queueFor(model);
    const failing = queue.use(never, () => Promise.reject(new Error('no')));
    const next = decodeIn(queue, model, 'x');
    await assert.rejects(failing, /no/);
    assert.equal(await next, 'fine');
  });

  it('retries opening a context after a failure', async () => {
    let attempts = 0;
    const model = new ScriptedModel({
      answer: () => 'fine',
      before: ({ operation }) => {
        if (operation === 'open' && ++attempts === 1) throw new Error('no memory');
      },
    });
    const queue = queueFor(model);
    await assert.rejects(decodeIn(queue, model, 'x'), /no memory/);
    assert.equal(await decodeIn(queue, model, 'x'), 'fine');
  });

  it('rejects an aborted waiting task at once', async () => {
    const gate = new Gate();
    const queue = queueFor(new ScriptedModel({ answer: () => '' }));
    const running = queue.use(never, gate.pass);
    const controller = new AbortController();
    let ran = false;
    const waiting = queue.use(controller.signal, () => {
      ran = true;
      return Promise.resolve();
    });
    await gate.arrival();
    controller.abort(new Error('stopped'));
    await assert.rejects(waiting, /stopped/);
    await gate.release();
    await running;
    await queue.use(never, () => Promise.resolve());
    assert.equal(ran, false);
  });

  it('stops the running task at its next quantum when it is disposed, and frees the context', async () => {
    const gate = new Gate();
    const model = new ScriptedModel({
      answer: () => 'a long answer',
      before: ({ operation }) => (operation === 'token' ? gate.pass() : undefined),
    });
    const queue = queueFor(model);
    const running = decodeIn(queue, model, 'x');
    const waiting = decodeIn(queue, model, 'y');
    await gate.release();
    await gate.arrival();
    const disposed = queue.dispose();
    await assert.rejects(waiting, { name: 'AbortError' });
    await gate.release();
    await assert.rejects(running, { name: 'AbortError' });
    await disposed;
    assert.equal(model.steps.filter(({ operation }) => operation === 'token').length, 2);
    assert.equal(model.steps.at(-1)?.operation, 'dispose');
  });

  it('does not open a context again after it was disposed', async () => {
    const model = new ScriptedModel({ answer: () => '' });
    const queue = queueFor(model);
    await queue.dispose();
    await assert.rejects(decodeIn(queue, model, 'x'), { name: 'AbortError' });
    assert.deepEqual(model.steps, []);
  });

  it('can be disposed after its context failed to open', async () => {
    const model = new ScriptedModel({
      answer: () => '',
      before: () => {
        throw new Error('no memory');
      },
    });
    const queue = queueFor(model);
    await assert.rejects(decodeIn(queue, model, 'x'), /no memory/);
    await queue.dispose();
  });
});
