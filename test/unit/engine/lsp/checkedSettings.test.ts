import assert from 'node:assert/strict';
import { checkedSettings } from '../../../../src/engine/lsp/checkedSettings.js';

describe('a client’s settings', () => {
  it('are used where name and type are valid', () =>
    assert.deepEqual(checkedSettings({ chatModel: 'x', threads: 2, sources: ['pypi'], gpu: 'off' }), {
      chatModel: 'x',
      threads: 2,
      sources: ['pypi'],
      gpu: 'off',
    }));

  it('are ignored where they are not', () =>
    assert.deepEqual(
      checkedSettings({
        chatModel: 5,
        threads: '2',
        sources: 'pypi',
        completionMaxLines: NaN,
        gpu: 'fast',
        contextSize: -1,
        unknown: 1,
        toString: 'x',
      }),
      {},
    ));

  for (const nothing of [undefined, null, 'text', 7, []]) {
    it(`may be ${JSON.stringify(nothing)}`, () => assert.deepEqual(checkedSettings(nothing), {}));
  }
});
