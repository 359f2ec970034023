import assert from 'node:assert/strict';
import { testModel } from './support/testModels.js';
import { TestLlama } from './support/tinyLlama.js';

/** Which text a real model holds for likelier. */
describe('the likelihood of a text', function () {
  this.timeout(60_000);

  it('is higher for what follows than for what does not, and leaves the cache usable', async () => {
    const model = await new TestLlama().load(await testModel('smollm2-135m'));
    const context = await model.openContext({ contextTokens: 256, batchTokens: 64 });
    const given = model.tokenize('The capital of France is', false);
    const paris = await context.likelihood(given, model.tokenize(' Paris', false));
    const banana = await context.likelihood(given, model.tokenize(' banana', false));
    assert.ok(paris > banana && paris < 0, `${paris} ${banana}`);
    assert.equal(await context.likelihood(given, model.tokenize(' Paris', false)), paris);
    await model.dispose();
  });
});
