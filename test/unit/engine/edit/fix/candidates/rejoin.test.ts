import assert from 'node:assert/strict';
import { rejoinedAt } from '../../../../../../src/engine/edit/fix/candidates/rejoin.js';
import { withoutFixNotes } from '../../../../../../src/engine/edit/fix/fixNotes.js';

const OLD = ['def f(a):', '    b = a +', '    c = 1', '    d = 2', '    e = 3', '    return c'];

describe('the end of an answer', () => {
  it('is where two lines agree with the old text again after a change', () => {
    const draft = ['def f(a):', '    b = a + 1', '    c = 1'];
    assert.equal(rejoinedAt(draft, OLD, 1), undefined);
    assert.equal(rejoinedAt([...draft, '    d = 2'], OLD, 1), 4);
  });

  it('is found after lines that were added or taken away', () => {
    assert.equal(rejoinedAt(['def f(a):', '    b = a', '    b += 1', '    c = 1', '    d = 2'], OLD, 1), 4);
    assert.equal(rejoinedAt(['def f(a):', '    c = 1', '    d = 2'], OLD, 1), 4);
  });

  it('is not before the last line with a problem, nor without a change', () => {
    assert.equal(rejoinedAt(['def f(x):', '    b = a +', '    c = 1'], OLD, 4), undefined);
    assert.equal(rejoinedAt(OLD.slice(0, 4), OLD, 0), undefined);
  });

  it('is not taken from lines that stand there twice, or from closing brackets', () => {
    const twice = ['a(;', 'b();', 'c();', 'b();', 'c();', 'd();'];
    assert.equal(rejoinedAt(['a();', 'b();', 'c();'], twice, 0), undefined);
    assert.equal(rejoinedAt(['a();', '  }', '}'], ['a(;', '  }', '}', 'b();'], 0), undefined);
  });
});

describe('notes about a change', () => {
  it('are taken out, with the lines that hold nothing else', () => {
    const lines = ['// Corrected: added the bracket', 'f(a); // Fixed', '  # Fix', 'g();'];
    assert.deepEqual(withoutFixNotes(lines, ['f(a;', 'g();'], 'typescript'), ['f(a);', '  # Fix', 'g();']);
    assert.deepEqual(withoutFixNotes(['x = 1  # 修正：加上了值'], ['x ='], 'python'), ['x = 1']);
  });

  it('stay when the old text has them, and where they are about something else', () => {
    const old = ['// Fixed in 2.0', 'f(a;'];
    assert.deepEqual(withoutFixNotes(['// Fixed in 2.0', 'f(a);'], old, 'typescript'), [
      '// Fixed in 2.0',
      'f(a);',
    ]);
    assert.deepEqual(withoutFixNotes(['f(a); // the first'], old, 'typescript'), ['f(a); // the first']);
    assert.deepEqual(withoutFixNotes(['Fixed: a'], ['a'], 'markdown'), ['Fixed: a']);
  });
});
