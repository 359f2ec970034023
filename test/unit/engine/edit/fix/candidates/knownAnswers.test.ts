import assert from 'node:assert/strict';
import { KnownAnswers } from '../../../../../../src/engine/edit/fix/candidates/knownAnswers.js';

const OLD = ['a(', ...Array.from({ length: 12 }, (_, i) => `line${i}()`)];
const with0 = (first: string): string[] => [first, ...OLD.slice(1)];

describe('an answer that is known already', () => {
  it('is the old text, from five lines below the problem on', () => {
    const known = new KnownAnswers(OLD, 0);
    assert.ok(known.has(OLD));
    assert.ok(!known.isRepeated(OLD.slice(0, 5)));
    assert.ok(known.isRepeated(OLD.slice(0, 6)));
    assert.ok(!known.isRepeated(['a()', ...OLD.slice(1, 6)]));
  });

  it('is never the old text while its last line may be the wrong one', () => {
    assert.ok(!new KnownAnswers(OLD, undefined).isRepeated(OLD));
  });

  it('is one that was written before, from five lines below its last change on', () => {
    const known = new KnownAnswers(OLD, undefined);
    known.add(with0('a()'));
    assert.ok(known.has(with0('a()')));
    assert.ok(!known.has(with0('a(b)')));
    assert.ok(!known.isRepeated(with0('a()').slice(0, 5)));
    assert.ok(known.isRepeated(with0('a()').slice(0, 6)));
    assert.ok(!known.isRepeated([...with0('a()').slice(0, 4), 'other()', 'line4()']));
  });

  it('is found where lines were added or taken away', () => {
    const known = new KnownAnswers(OLD, undefined);
    const longer = ['a(', 'b)', ...OLD.slice(1)];
    known.add(longer);
    assert.ok(!known.isRepeated(longer.slice(0, 6)));
    assert.ok(known.isRepeated(longer.slice(0, 7)));
    known.add(OLD.slice(1));
    assert.ok(known.isRepeated(OLD.slice(1, 6)));
  });
});
