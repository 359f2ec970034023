import assert from 'node:assert/strict';
import { withDraft } from '../../../src/extension/edit/draftText.js';
import { findRegion } from '../../../src/extension/edit/findRegion.js';

describe('finding a region again', () => {
  it('takes the place where it stood', () =>
    assert.deepEqual(findRegion('a\nb\nb\n', 'b', 4), { start: 4, end: 5 }));

  it('follows it when lines were put before it', () =>
    assert.deepEqual(findRegion('new\na\nfoo()\n', 'foo()', 2), { start: 6, end: 11 }));

  it('gives up when it was changed', () => assert.equal(findRegion('a\nfoo(1)\n', 'foo()', 2), undefined));

  it('gives up when it moved and stands twice', () =>
    assert.equal(findRegion('new\nfoo()\nfoo()\n', 'foo()', 2), undefined));

  it('does not look for blank text', () => assert.equal(findRegion('abc\n\n', '\n', 0), undefined));
});

describe('the preview while the new version is written', () => {
  const text = 'a\nold1\nold2\nold3\nz';
  const region = { start: 2, end: 16 };

  it('is the old text before the first line', () => assert.equal(withDraft(text, region, '', '\n'), text));

  it('has the new lines, then the old ones not reached yet', () =>
    assert.equal(withDraft(text, region, 'new1\nnew2', '\n'), 'a\nnew1\nnew2\nold3\nz'));

  it('may grow beyond the old lines', () =>
    assert.equal(withDraft(text, region, 'n1\nn2\nn3\nn4', '\n'), 'a\nn1\nn2\nn3\nn4\nz'));

  it('keeps CRLF', () =>
    assert.equal(withDraft('a\r\nb\r\nc', { start: 3, end: 4 }, 'x\r\ny', '\r\n'), 'a\r\nx\r\ny\r\nc'));
});
