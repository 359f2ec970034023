import assert from 'node:assert/strict';
import { hunkAt, hunksBetween, withHunks } from '../../../../src/extension/edit/hunks.js';

const OLD = 'one\ntwo\nthree\nfour\nfive';
const NOW = 'ONE\ntwo\nthree\n3.5\nfour\nfive\nsix';

describe('the changes between two versions of lines', () => {
  it('are separate where lines between them are the same', () => {
    assert.deepEqual(hunksBetween(OLD, NOW), [
      { old: { start: 0, end: 1 }, now: { start: 0, end: 1 } },
      { old: { start: 3, end: 3 }, now: { start: 3, end: 4 } },
      { old: { start: 5, end: 5 }, now: { start: 6, end: 7 } },
    ]);
  });

  it('are one where only brackets and blank lines are between them', () => {
    assert.equal(hunksBetween('a\n}\n\nb', 'A\n}\n\nB').length, 1);
    assert.equal(hunksBetween('a\n}\nx\nb', 'A\n}\nx\nB').length, 2);
  });

  it('are none between equal lines, whatever ends them', () =>
    assert.deepEqual(hunksBetween('a\r\nb', 'a\nb'), []));

  it('include what replaces a blank line', () =>
    assert.deepEqual(hunksBetween('', 'x = 1\ny = 2'), [
      { old: { start: 0, end: 1 }, now: { start: 0, end: 2 } },
    ]));

  it('can be made one by one, in any order, and give the new version together', () => {
    const [, second] = hunksBetween(OLD, NOW);
    assert.equal(
      withHunks(OLD, NOW, ({ old }) => old.start === second?.old.start),
      'one\ntwo\nthree\n3.5\nfour\nfive',
    );
    assert.equal(
      withHunks(OLD, NOW, () => false),
      OLD,
    );
    assert.equal(
      withHunks(OLD, NOW, () => true),
      NOW,
    );
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      let text = OLD;
      for (const number of order) {
        const wanted = hunksBetween(OLD, NOW)[number]?.now.end;
        text = withHunks(text, NOW, ({ now }) => now.end === wanted);
      }
      assert.equal(text, NOW);
    }
  });

  it('keep the document’s line ends', () =>
    assert.equal(
      withHunks('a\r\nb\r\nc', 'a\r\nB\r\nc\r\nd', ({ old }) => old.start === 1),
      'a\r\nB\r\nc',
    ));

  it('are found by a line of either version', () => {
    const hunks = hunksBetween('a\nb\nc\nd', 'a\nc\nd\ne');
    assert.equal(hunkAt(hunks, 'old', 1), hunks[0]);
    assert.equal(hunkAt(hunks, 'now', 1), hunks[0]);
    assert.equal(hunkAt(hunks, 'now', 3), hunks[1]);
    assert.equal(hunkAt(hunks, 'old', 0), undefined);
    assert.equal(hunkAt(hunks, 'now', -1), undefined);
  });
});
