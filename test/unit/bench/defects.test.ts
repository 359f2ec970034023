import assert from 'node:assert/strict';
import type { QualityCase } from '../../../bench/corpus/cutCases.js';
import { findDefects } from '../../../bench/quality/defects.js';

/** A case in which the text between `«` and `»` is removed. */
function cut(marked: string): QualityCase {
  const [before = '', gap = '', after = ''] = marked.split(/[«»]/);
  const text = before + gap + after;
  const file = { language: 'javascript', project: 'p', root: '/p', path: 'a.js', text } as const;
  return { name: 'a', kind: 'block', file, before, gap, after };
}

describe('the defects counted by the quality benchmark', () => {
  const block = cut('if (a) {\n  «b();»\n}\n');

  it('has none for the removed text itself', () => {
    assert.deepEqual(findDefects('b();', block), { brackets: false, repeats: false });
  });

  it('counts a bracket that closes what is closed below', () => {
    assert.equal(findDefects('b();\n}', block).brackets, true);
    assert.equal(findDefects('b());', block).brackets, true);
  });

  it('counts a second bracket after a branch, but not the one before it', () => {
    assert.equal(findDefects('b();\n} else {\n  c();', block).brackets, false);
    assert.equal(findDefects('b();\n} else {\n  c();\n}', block).brackets, true);
  });

  it('counts a line that repeats a neighbouring line or another line of the text', () => {
    const call = cut('save(file);\n«open(it);»\nclose(it);\n');
    assert.equal(findDefects('save(file);', call).repeats, true);
    assert.equal(findDefects('close(it);', call).repeats, true);
    assert.equal(findDefects('read(it);\nread(it);', call).repeats, true);
    assert.equal(findDefects('read(it);', call).repeats, false);
    assert.equal(findDefects('if (a)\n  return;\nif (b)\n  return;', call).repeats, false);
  });
});
