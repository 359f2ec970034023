import assert from 'node:assert/strict';
import type { QualityCase } from '../../../bench/corpus/cutCases.js';
import { damageOf } from '../../../bench/quality/damage.js';

/** A file in which the text between `«` and `»` was cut out. */
function cut(marked: string): QualityCase {
  const [before = '', gap = '', after = ''] = marked.split(/[«»]/);
  const text = before + gap + after;
  const file = { language: 'javascript', project: 'p', root: '/p', path: 'a.js', text } as const;
  return { name: 'a', kind: 'block', file, before, gap, after };
}

describe('the damage that the quality benchmark counts', () => {
  const block = cut('if (a) {\n  «b();»\n}\n');

  it('is none where the text is what was cut out', () => {
    assert.deepEqual(damageOf('b();', block), { brackets: false, repeats: false });
  });

  it('is a bracket that closes what is closed below', () => {
    assert.equal(damageOf('b();\n}', block).brackets, true);
    assert.equal(damageOf('b());', block).brackets, true);
  });

  it('is a second bracket behind a branch, but not the one before it', () => {
    assert.equal(damageOf('b();\n} else {\n  c();', block).brackets, false);
    assert.equal(damageOf('b();\n} else {\n  c();\n}', block).brackets, true);
  });

  it('is a line that stands next to the text, or again in it', () => {
    const call = cut('save(file);\n«open(it);»\nclose(it);\n');
    assert.equal(damageOf('save(file);', call).repeats, true);
    assert.equal(damageOf('close(it);', call).repeats, true);
    assert.equal(damageOf('read(it);\nread(it);', call).repeats, true);
    assert.equal(damageOf('read(it);', call).repeats, false);
    assert.equal(damageOf('if (a)\n  return;\nif (b)\n  return;', call).repeats, false);
  });
});
