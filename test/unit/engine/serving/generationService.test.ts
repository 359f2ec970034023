import assert from 'node:assert/strict';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { VocabularyIndexes } from '../../../../src/engine/decoding/tokenHealing.js';
import type { GenerationRequest } from '../../../../src/engine/serving/generationRequest.js';
import { GenerationService } from '../../../../src/engine/serving/generationService.js';
import { continuationPrompt } from '../../../../src/engine/serving/requestPrompts.js';
import { StatusReporter } from '../../../../src/engine/status/statusReporter.js';
import type { Model } from '../../../../src/engine/model/model.js';
import { ScriptedModel } from '../../support/scriptedModel.js';

const REQUEST: GenerationRequest = {
  caller: { address: 'a', name: '' },
  role: 'chat',
  options: {},
  prompt: continuationPrompt({ prompt: 'x', truncate: false, isHealed: false }),
};
const events = { onStart: () => undefined, onPiece: () => undefined };
const never = new AbortController().signal;

describe('a generation service', () => {
  it('gives all its caches back when it is disposed, and listens to the models no more', async () => {
    const model = new ScriptedModel({ answer: () => 'ok' });
    const listeners = new Set<(model: Model) => Promise<void>>();
    const host = {
      model: () => Promise.resolve(model),
      onRelease: (listener: (model: Model) => Promise<void>) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    const count = (operation: string): number =>
      model.steps.filter((step) => step.operation === operation).length;
    for (let round = 1; round <= 3; round++) {
      const scheduler = new Scheduler();
      const service = new GenerationService(
        {
          vocabularies: new VocabularyIndexes(),
          host,
          scheduler,
          decoder: new Decoder(scheduler),
          status: new StatusReporter(() => undefined),
        },
        { slots: 4, contextTokens: 512 },
      );
      assert.equal((await service.generate(REQUEST, never, events)).text, 'ok');
      assert.equal(count('open'), 4 * round);
      await service.dispose();
      assert.equal(count('dispose'), 4 * round);
      assert.equal(listeners.size, 0);
      await assert.rejects(service.generate(REQUEST, never, events), /stopped/);
    }
    assert.equal(model.isDisposed, false);
  });
});
