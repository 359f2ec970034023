import assert from 'node:assert/strict';
import { shapeFor, StopRules } from '../../../src/engine/completion/stopRules.js';
import { contextOf } from './support.js';

/** What is left of a text that arrives character by character, and why it ended. */
function stopped(at: string, text: string, { maxLines = 12, isInvoked = false } = {}): [string, string] {
  const context = contextOf(at);
  const rules = new StopRules(context, shapeFor(context, isInvoked), maxLines);
  for (let length = 1; length <= text.length; length++) {
    const stop = rules.check(text.slice(0, length));
    if (stop !== undefined) return [text.slice(0, stop.keep), stop.reason];
  }
  return [text, 'none'];
}

describe('when decoding ends', () => {
  it('at the end of the line in the middle of a statement', () => {
    assert.deepEqual(stopped('const a = ▮', 'b + c;\nconst d'), ['b + c;', 'line']);
  });

  it('at the end of the line when something follows the cursor', () => {
    assert.deepEqual(stopped('foo(▮)', 'a, b\n'), ['a, b', 'line']);
  });

  it('after the bracket that closes what the line has opened', () => {
    assert.deepEqual(stopped('if (a) {▮', '\n  b();\n}\nc();'), ['\n  b();\n}', 'scope']);
  });

  it('before a line that lies further out', () => {
    assert.deepEqual(stopped('  if (a) {\n    ▮', 'b();\n  }\nfunction'), ['b();', 'scope']);
  });

  it('before a blank line', () => {
    assert.deepEqual(stopped('    ▮', 'a();\n\n    b();\n'), ['a();', 'blankLine']);
  });

  it('before the line that stands below', () => {
    assert.deepEqual(stopped('▮\nsave(file);', 'open(file);\nsave(file);\n'), ['open(file);', 'suffix']);
  });

  it('after the most lines', () => {
    assert.deepEqual(stopped('▮', 'a\nb\nc\nd\n', { maxLines: 2 }), ['a\nb', 'maxLines']);
  });

  it('not at an else', () => {
    assert.deepEqual(stopped('  ▮', 'if (a) {\n    b();\n  } else {\n    c();\n  }'), [
      'if (a) {\n    b();\n  } else {\n    c();\n  }',
      'none',
    ]);
  });

  it('later when invoked than while typing', () => {
    assert.equal(stopped('const f = async ▮', '() => {\n  a();\n}\nb')[1], 'line');
    assert.deepEqual(stopped('const f = async ▮', '() => {\n  a();\n}\nb', { isInvoked: true }), [
      '() => {\n  a();\n}',
      'scope',
    ]);
  });
});
