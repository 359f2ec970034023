import assert from 'node:assert/strict';
import { TestLlama } from './support/tinyLlama.js';

describe('the likelihood of a text', () => {
  it('is higher for a likely continuation, and leaves the cache usable', async () => {
    const model = await new TestLlama().loadTiny({
      architecture: 'qwen2',
      replies: [{ after: ' is', cue: 'France', text: ' Paris' }],
      words: [' banana'],
    });
    const context = await model.openContext({ contextTokens: 256, batchTokens: 64 });
    const given = model.tokenize('The capital of France is', false);
    const paris = await context.likelihood(given, model.tokenize(' Paris', false));
    const banana = await context.likelihood(given, model.tokenize(' banana', false));
    assert.ok(paris > banana && paris <= 0, `${paris} ${banana}`);
    assert.equal(await context.likelihood(given, model.tokenize(' Paris', false)), paris);
    await model.dispose();
  });
});
