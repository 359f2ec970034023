import assert from 'node:assert/strict';
import { readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../../src/protocol/errors.js';
import { partName } from '../../../fixtures/gguf/splitModel.js';
import { temporaryFolder } from '../catalogue/support/temporaryFolder.js';
import { Gate } from '../../support/gate.js';
import { failure, Rig } from './support/hostRig.js';

const never = new AbortController().signal;

describe('ModelHost', () => {
  it('loads a file that serves both roles once', async () => {
    const rig = new Rig();
    rig.settings = { ...rig.settings, chatModel: 'coder' };
    const queues = await Promise.all([rig.host.contextQueue('completion'), rig.host.contextQueue('chat')]);
    assert.equal(rig.loads.length, 1);
    assert.equal(queues[0].model, queues[1].model);
    assert.notEqual(queues[0], queues[1]);
  });

  it('gives the same queue for the same kind of work', async () => {
    const rig = new Rig();
    assert.equal(await rig.host.contextQueue('chat'), await rig.host.contextQueue('chat'));
  });

  it('reports that no model is installed', async () => {
    const rig = new Rig();
    rig.settings = { ...rig.settings, chatModel: 'auto' };
    await assert.rejects(rig.host.contextQueue('chat'), (error) => error instanceof EngineError);
    assert.deepEqual(rig.statuses.at(-1), { kind: 'noModel', role: 'chat' });
  });

  it('frees a model that no role uses any more', async () => {
    const rig = new Rig();
    await rig.host.contextQueue('chat');
    rig.settings = { ...rig.settings, chatModel: 'coder' };
    const queue = await rig.host.contextQueue('chat');
    assert.equal(queue.model.id, 'coder');
    assert.deepEqual(
      rig.loads.map(({ id, isDisposed }) => [id, isDisposed]),
      [
        ['talker', true],
        ['coder', false],
      ],
    );
  });

  it('ignores load progress that arrives late', async () => {
    const rig = new Rig();
    await rig.host.contextQueue('chat');
    await Promise.resolve();
    assert.equal(rig.statuses.at(-1)?.kind, 'ready');
    rig.report(0.98);
    assert.equal(rig.statuses.at(-1)?.kind, 'ready');
  });

  describe('ModelHost, when a file changes', () => {
    const folder = temporaryFolder();
    const path = (name: string): string => join(folder(), name);

    it('loads another file of the same name, and frees the one before', async () => {
      const rig = new Rig(folder);
      await writeFile(path('talker.gguf'), 'one');
      const first = await rig.host.contextQueue('chat');
      assert.equal(await rig.host.contextQueue('chat'), first);
      await writeFile(path('new'), 'two');
      await rename(path('new'), path('talker.gguf'));
      assert.notEqual(await rig.host.contextQueue('chat'), first);
      await writeFile(path('talker.gguf'), 'cut');
      await truncate(path('talker.gguf'), 1);
      await rig.host.contextQueue('chat');
      assert.deepEqual(
        rig.loads.map(({ isDisposed }) => isDisposed),
        [true, true, false],
      );
    });

    it('notices a change of a later part', async () => {
      const rig = new Rig(folder);
      rig.settings = { ...rig.settings, chatModel: 'm-00001-of-00002' };
      for (const number of [1, 2]) await writeFile(path(partName('m', number, 2)), 'one');
      await rig.host.contextQueue('chat');
      await rm(path(partName('m', 2, 2)));
      await rig.host.contextQueue('chat');
      assert.equal(rig.loads.length, 2);
    });

    it('reports a file that was spoilt each time it is asked for, and takes the next good one', async () => {
      const rig = new Rig(folder);
      await writeFile(path('talker.gguf'), 'good');
      await rig.host.contextQueue('chat');
      rig.beforeLoad = async () => {
        if ((await readFile(path('talker.gguf'), 'utf8')) === 'bad') throw failure();
      };
      await writeFile(path('talker.gguf'), 'bad');
      for (let time = 0; time < 3; time++) {
        await assert.rejects(rig.host.contextQueue('chat'), (error) => error instanceof EngineError);
        assert.equal(rig.statuses.at(-1)?.kind, 'failed');
      }
      await writeFile(path('talker.gguf'), 'good again');
      assert.equal((await rig.host.contextQueue('chat')).model, rig.loads.at(-1));
    });

    it('refuses a model whose file was written while it was being loaded', async () => {
      const rig = new Rig(folder);
      await writeFile(path('talker.gguf'), 'one');
      for (const hasFailed of [false, true]) {
        rig.beforeLoad = async () => {
          await writeFile(path('talker.gguf'), `another one ${hasFailed}`);
          if (hasFailed) throw failure();
        };
        await assert.rejects(rig.host.contextQueue('chat'), (error) => {
          assert.ok(error instanceof EngineError);
          assert.deepEqual(error.data, { kind: 'modelChanged', path: path('talker.gguf') });
          return true;
        });
      }
      rig.beforeLoad = () => undefined;
      await rig.host.contextQueue('chat');
      assert.deepEqual(
        rig.loads.map(({ isDisposed }) => isDisposed),
        [true, false],
      );
    });

    it('asks twice at once and loads once', async () => {
      const rig = new Rig(folder);
      await writeFile(path('talker.gguf'), 'one');
      await rig.host.contextQueue('chat');
      await writeFile(path('talker.gguf'), 'other');
      const [chat, fix] = await Promise.all([rig.host.contextQueue('chat'), rig.host.contextQueue('fix')]);
      assert.equal(chat.model, fix.model);
      assert.equal(rig.loads.length, 2);
    });
  });

  it('retries a failed load at the next use', async () => {
    const rig = new Rig();
    let attempts = 0;
    rig.beforeLoad = () => {
      if (++attempts === 1) throw failure();
    };
    await assert.rejects(rig.host.contextQueue('chat'), (error) => error instanceof EngineError);
    assert.equal(rig.statuses.at(-1)?.kind, 'failed');
    assert.equal((await rig.host.contextQueue('chat')).model.id, 'talker');
  });

  it('ends running work and frees everything when it is unloaded', async () => {
    const rig = new Rig();
    const gate = new Gate();
    const queue = await rig.host.contextQueue('chat');
    const running = queue.use(never, async (context) => {
      await gate.pass();
      await context.prefill([1]);
    });
    await gate.arrival();
    const unloaded = rig.host.unload();
    await gate.release();
    await assert.rejects(running, { name: 'AbortError' });
    await unloaded;
    assert.equal(rig.loads[0]?.isDisposed, true);
    assert.deepEqual(rig.statuses.at(-1), { kind: 'idle' });
  });

  it('returns no model that was unloaded while it loaded', async () => {
    const rig = new Rig();
    const gate = new Gate();
    rig.beforeLoad = (id) => (id === 'talker' ? gate.pass() : undefined);
    const requested = rig.host.contextQueue('chat');
    await gate.arrival();
    rig.settings = { ...rig.settings, chatModel: 'other' };
    const unloaded = rig.host.unload();
    await gate.release();
    const [queue] = await Promise.all([requested, unloaded]);
    assert.equal(queue.model.id, 'other');
    assert.deepEqual(
      rig.loads.map(({ id, isDisposed }) => [id, isDisposed]),
      [
        ['talker', true],
        ['other', false],
      ],
    );
  });

  it('keeps a newer load when an abandoned one fails', async () => {
    const rig = new Rig();
    const gate = new Gate();
    let attempts = 0;
    rig.beforeLoad = async () => {
      if (++attempts > 1) return;
      await gate.pass();
      throw failure();
    };
    const first = rig.host.contextQueue('chat');
    await gate.arrival();
    const unloaded = rig.host.unload();
    const second = await rig.host.contextQueue('chat');
    await gate.release();
    await assert.rejects(first, (error) => error instanceof EngineError);
    await unloaded;
    assert.equal(await rig.host.contextQueue('chat'), second);
    assert.equal(rig.loads.length, 1);
  });

  it('isn’t idle when a model was requested again during unloading', async () => {
    const rig = new Rig();
    const gate = new Gate();
    const queue = await rig.host.contextQueue('chat');
    const running = queue.use(never, gate.pass);
    await gate.arrival();
    const unloaded = rig.host.unload();
    await rig.host.contextQueue('completion');
    await new Promise(setImmediate);
    await gate.release();
    await Promise.all([running, unloaded]);
    const last = rig.statuses.at(-1);
    assert.ok(last?.kind === 'ready', JSON.stringify(last));
    assert.deepEqual(
      last.models.map(({ id }) => id),
      ['coder'],
    );
  });

  it('keeps reporting a failure found during unloading', async () => {
    const rig = new Rig();
    const gate = new Gate();
    const queue = await rig.host.contextQueue('chat');
    const running = queue.use(never, gate.pass);
    await gate.arrival();
    const unloaded = rig.host.unload();
    rig.beforeLoad = () => {
      throw failure();
    };
    await assert.rejects(rig.host.contextQueue('completion'));
    await gate.release();
    await Promise.all([running.catch(() => undefined), unloaded]);
    assert.equal(rig.statuses.at(-1)?.kind, 'failed');
  });
});
