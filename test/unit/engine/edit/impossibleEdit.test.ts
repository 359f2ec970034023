import assert from 'node:assert/strict';
import { BROKEN, diagnosticAt, FIXED, open, reasonOf } from './support/editCases.js';
import { ScriptedEdit } from './support/scriptedEdit.js';

describe('an impossible edit', () => {
  const edit = new ScriptedEdit(() => FIXED);

  it('is reported for a document that is not open', async () =>
    assert.equal(await reasonOf(edit.run(undefined, {})), 'noDocument'));

  it('is reported for a document that has changed', async () => {
    const textDocument = { uri: 'file:///x', version: 0 };
    assert.equal(await reasonOf(edit.run(open(BROKEN), { textDocument })), 'documentChanged');
  });

  it('is reported where there is no code', async () =>
    assert.equal(await reasonOf(edit.run(open('\n\n'), {})), 'emptyRegion'));

  it('is reported for a line of 100,000 characters', async () => {
    assert.equal(await reasonOf(edit.run(open(`x = "${'y'.repeat(100_000)}"`), {})), 'regionTooLong');
    const code = `def f(): return "${'y'.repeat(100_000)}"`;
    assert.equal(await reasonOf(edit.run(open(code), { intent: 'document' })), 'regionTooLong');
  });

  it('is reported for code that doesn’t fit into the context with its answer', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `x${index} = ${index}`).join('\n');
    const range = { start: { line: 0, character: 0 }, end: { line: 299, character: 1 } };
    const small = new ScriptedEdit(() => FIXED, 4096);
    assert.equal(await reasonOf(small.run(open(lines), { range, isSelection: true })), 'regionTooLong');
  });
});

describe('an aborted edit', () => {
  it('ends within one token', async () => {
    const abort = new AbortController();
    const edit = new ScriptedEdit(() => {
      setImmediate(() => abort.abort());
      return FIXED.repeat(50);
    });
    await assert.rejects(edit.run(open(BROKEN), diagnosticAt(2), abort.signal), { name: 'AbortError' });
    assert.ok(edit.progress.length < 5);
  });
});
