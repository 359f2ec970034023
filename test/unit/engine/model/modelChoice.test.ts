import assert from 'node:assert/strict';
import { EngineError } from '../../../../src/protocol/errors.js';
import { failure, Rig } from './support/hostRig.js';

describe('ModelHost, with models to choose from', () => {
  const choosing = (...broken: string[]): Rig => {
    const rig = new Rig();
    rig.settings = { ...rig.settings, chatModel: 'auto', completionModel: 'auto' };
    rig.installed = ['best', 'next', 'last'];
    rig.beforeLoad = (id) => {
      attempts.push(id);
      if (broken.includes(id)) throw failure();
    };
    return rig;
  };
  let attempts: string[] = [];
  beforeEach(() => (attempts = []));

  it('takes the next one when one can’t be loaded, keeps to it, and says which was skipped', async () => {
    const rig = choosing('best');
    for (const kind of ['chat', 'completion', 'chat'] as const)
      assert.equal((await rig.host.contextQueue(kind)).model.id, 'next');
    assert.deepEqual(attempts, ['best', 'next']);
    const status = rig.statuses.at(-1);
    assert.ok(status?.kind === 'ready', JSON.stringify(status));
    assert.deepEqual(status.skipped, [failure().data]);
  });

  it('tries all of them again at the next use when none can be loaded', async () => {
    const rig = choosing('best', 'next', 'last');
    for (let time = 0; time < 2; time++) {
      await assert.rejects(rig.host.contextQueue('chat'), (error) => error instanceof EngineError);
      assert.equal(rig.statuses.at(-1)?.kind, 'failed');
    }
    assert.deepEqual(attempts, ['best', 'next', 'last', 'best', 'next', 'last']);
  });

  it('tries the best one again after the settings have changed', async () => {
    const rig = choosing('best');
    await rig.host.contextQueue('chat');
    await rig.host.unload();
    await rig.host.contextQueue('chat');
    assert.deepEqual(attempts, ['best', 'next', 'best', 'next']);
  });

  it('takes no other one when the settings name one', async () => {
    const rig = choosing('best');
    rig.settings = { ...rig.settings, chatModel: 'best' };
    await assert.rejects(rig.host.contextQueue('chat'), (error) => error instanceof EngineError);
    assert.deepEqual(attempts, ['best']);
  });
});
