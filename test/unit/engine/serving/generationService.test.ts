import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { VocabularyIndexes } from '../../../../src/engine/decoding/tokenHealing.js';
import type { GenerationRequest } from '../../../../src/engine/serving/generationRequest.js';
import { GenerationService } from '../../../../src/engine/serving/generationService.js';
import { continuationPrompt } from '../../../../src/engine/serving/requestPrompts.js';
import { StatusReporter } from '../../../../src/engine/status/statusReporter.js';
import type { Model } from '../../../../src/engine/model/model.js';
import { Gate } from '../../support/gate.js';
import { ScriptedModel, type Step } from '../../support/scriptedModel.js';

const REQUEST: GenerationRequest = {
  caller: { address: 'a', name: '' },
  role: 'chat',
  options: {},
  prompt: continuationPrompt({ prompt: 'x', truncate: false, isHealed: false }),
};
const events = { onStart: () => undefined, onPiece: () => undefined };
const never = new AbortController().signal;

/** A service on a scripted model. */
function served(model: ScriptedModel, idleMs?: number) {
  const listeners = new Set<(model: Model) => Promise<void>>();
  const host = {
    model: () => Promise.resolve(model),
    onRelease: (listener: (model: Model) => Promise<void>) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const scheduler = new Scheduler();
  const service = new GenerationService(
    {
      vocabularies: new VocabularyIndexes(),
      host,
      scheduler,
      decoder: new Decoder(scheduler),
      status: new StatusReporter(() => undefined),
    },
    { slots: 4, contextTokens: 512, idleMs },
  );
  const count = (operation: string): number =>
    model.steps.filter((step) => step.operation === operation).length;
  return { service, listeners, count };
}

describe('a generation service', () => {
  it('gives all its caches back when it is disposed, and listens to the models no more', async () => {
    const model = new ScriptedModel({ answer: () => 'ok' });
    for (let round = 1; round <= 3; round++) {
      const { service, listeners, count } = served(model);
      assert.equal((await service.generate(REQUEST, never, events)).text, 'ok');
      assert.equal(count('open'), 4 * round);
      await service.dispose();
      assert.equal(count('dispose'), 4 * round);
      assert.equal(listeners.size, 0);
      await assert.rejects(service.generate(REQUEST, never, events), /stopped/);
    }
    assert.equal(model.isDisposed, false);
  });

  describe('that nothing is asked of', () => {
    beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
    afterEach(() => mock.timers.reset());

    it('gives its caches back after a while, and opens them again for the next request', async () => {
      const { service, count } = served(new ScriptedModel({ answer: () => 'ok' }), 60_000);
      await service.generate(REQUEST, never, events);
      mock.timers.tick(59_000);
      await service.generate(REQUEST, never, events);
      mock.timers.tick(59_000);
      assert.equal(count('dispose'), 0);
      mock.timers.tick(1000);
      assert.equal((await service.generate(REQUEST, never, events)).text, 'ok');
      // The memory of the old ones was there for the new ones.
      assert.equal(count('dispose'), 4);
      assert.equal(count('open'), 8);
      await service.dispose();
      assert.equal(count('dispose'), 8);
      mock.timers.tick(60_000);
    });

    it('keeps them while a text is generated, however long that takes', async () => {
      const gate = new Gate();
      const before = ({ operation }: Step): Promise<void> | undefined =>
        operation === 'rewind' ? gate.pass() : undefined;
      const { service, count } = served(new ScriptedModel({ answer: () => 'ok', before }), 60_000);
      const text = service.generate(REQUEST, never, events);
      await gate.arrival();
      mock.timers.tick(120_000);
      assert.equal(count('dispose'), 0);
      await gate.release();
      assert.equal((await text).text, 'ok');
      await service.dispose();
    });
  });
});
