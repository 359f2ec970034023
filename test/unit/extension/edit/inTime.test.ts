import assert from 'node:assert/strict';
import { inTime } from '../../../../src/extension/edit/inTime.js';

describe('a language server’s answer', () => {
  it('is used when it is there, and left out when it never comes or fails', async () => {
    const never = new Promise<number>(() => undefined);
    assert.equal(await inTime(Promise.resolve(1), 60_000), 1);
    assert.equal(await inTime(never, 0), undefined);
    assert.equal(await inTime(Promise.reject<number>(new Error('crashed')), 60_000), undefined);
  });
});
