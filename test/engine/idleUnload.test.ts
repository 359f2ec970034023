import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { EngineProcess } from './support/engineProcess.js';

const TEXT = 'def square(x):\n    return ▮\n';

describe('a model that is not used', function () {
  this.timeout(120_000);

  it('is let go, completes again when it is wanted, and is let go again', async () => {
    const model = await scriptedCoder();
    const engine = await EngineProcess.start({
      chatModel: model,
      completionModel: model,
      gpu: 'off',
      unloadAfter: 0.02,
    });
    const unloads = (): number =>
      engine.statuses.filter(({ kind }, i) => kind === 'idle' && engine.statuses[i - 1]?.kind === 'ready')
        .length;
    const unloaded = async (times: number): Promise<void> => {
      for (let i = 0; i < 600 && unloads() < times; i++) await sleep(50);
      assert.equal(unloads(), times, JSON.stringify(engine.statuses.map(({ kind }) => kind)));
    };
    const first = await engine.complete(TEXT, 'python');
    assert.match(first ?? '', /^x ?\*/);
    await unloaded(1);
    assert.equal(await engine.complete(TEXT, 'python'), first);
    await unloaded(2);
    assert.equal(await engine.stop(), 0);
  });
});
