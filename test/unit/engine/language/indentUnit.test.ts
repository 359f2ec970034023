import assert from 'node:assert/strict';
import { indentUnit } from '../../../../src/engine/language/indentUnit.js';
import { contextOf } from '../completion/support/cursorMark.js';

describe('the unit of indentation', () => {
  it('is found in the text around the cursor', () => {
    assert.deepEqual(indentUnit(contextOf('def f():\n    a()\n▮', 'python')), { useTabs: false, size: 4 });
    assert.deepEqual(indentUnit(contextOf('a {\n  b {\n    c▮\n  }\n}')), { useTabs: false, size: 2 });
    assert.deepEqual(indentUnit(contextOf('▮\nfunc f() {\n\ta()\n}', 'go')), { useTabs: true, size: 4 });
    assert.deepEqual(indentUnit(contextOf('func f() {\n\t▮', 'go')), { useTabs: true, size: 4 });
  });

  it('is the step after an opening bracket rather than that of a wrapped line', () => {
    const text =
      'void f(int a,\n        int b,\n        int c) {\n    g(a,\n            b);\n    h(a,\n            b);\n▮';
    assert.deepEqual(indentUnit(contextOf(text, 'java')), { useTabs: false, size: 4 });
  });

  it('is the editor’s when it is known', () => {
    const indent = { useTabs: true, size: 8 };
    assert.equal(indentUnit({ ...contextOf('a {\n  b▮'), indent }), indent);
  });

  it('is not guessed from the asterisks of a comment, nor without indentation', () => {
    assert.deepEqual(indentUnit(contextOf('/**\n *\n * a\n */\nb {\n    c▮')), { useTabs: false, size: 4 });
    assert.equal(indentUnit(contextOf('const a = ▮')), undefined);
  });
});
