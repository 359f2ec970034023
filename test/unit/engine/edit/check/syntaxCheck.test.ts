import assert from 'node:assert/strict';
import { SyntaxCheck } from '../../../../../src/engine/edit/check/syntaxCheck.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { checkedDocument, compare } from '../support/proposals.js';

const trees = new SyntaxTrees();
const check = (languageId: string, text: string, line = 0): SyntaxCheck =>
  new SyntaxCheck(trees, checkedDocument(languageId, text, line));

describe('the check of a fix’s syntax', () => {
  it('sees that the error is gone', async () => {
    const text = 'f(a;\ng();\n';
    assert.deepEqual(await compare(check('typescript', text), text, 'f(a);\ng();\n'), {
      by: ['tree-sitter'],
      isProblemGone: true,
    });
  });

  it('proves nothing where the grammar had no objection', async () => {
    const text = 'let a: string = 1;\n';
    const comparison = await compare(check('typescript', text), text, 'let a = 1;\n');
    assert.deepEqual(comparison, { by: ['tree-sitter'], isProblemGone: false });
  });

  it('rejects a text in which the error stays, with what the grammar says', async () => {
    const text = 'print(1\n';
    const comparison = await compare(check('python', text), text, 'print((1\n');
    assert.equal(comparison?.objection?.reason, 'syntax');
    assert.match(comparison.objection.message ?? '', /never closed/);
  });

  it('rejects a new error', async () => {
    const text = 'let a = b;\n';
    const comparison = await compare(check('typescript', text), text, 'let a = ;\n');
    assert.equal(comparison?.objection?.reason, 'syntax');
  });

  it('compares a broken rest of the file instead of asking for a clean one', async () => {
    const [text, fixed] = ['f(a;\n\nlet x = ;\n', 'f(a);\n\nlet x = ;\n'];
    assert.deepEqual(await compare(check('typescript', text), text, fixed), {
      by: ['tree-sitter'],
      isProblemGone: true,
    });
  });

  const moved: readonly (readonly [
    what: string,
    languageId: string,
    text: string,
    fixed: string,
    line: number,
  ])[] = [
    [
      'the line itself',
      'typescript',
      'const a = {\n  b: 1;\n  c: 2,\n};\n',
      'const a = {\n  b: 1;,\n  c: 2,\n};\n',
      1,
    ],
    [
      'a line above',
      'typescript',
      'function f() {\n  a.b(\n  return a;\n}\n\nconst c = 1;\n',
      'function f() {\n  a.b(\n  return a;\n}\n\nconst c = 1);\n',
      1,
    ],
    [
      'a block that doesn’t end',
      'javascript',
      'if (a) {\n  if (b) {\n    c(1;\n}\n',
      'if (a) {\n  if (b) {\n    c(1);\n}\n',
      2,
    ],
  ];
  for (const [what, languageId, text, fixed, line] of moved)
    it(`proves nothing while an error is left in ${what}`, async () => {
      const comparison = await compare(check(languageId, text, line), text, fixed);
      assert.equal(comparison?.isProblemGone, false);
    });

  it('proves nothing by a label before a call', async () => {
    const text = "console log('a');\n";
    const comparison = await compare(check('javascript', text), text, "console: log('a');\n");
    assert.deepEqual([comparison?.objection, comparison?.isProblemGone], [undefined, false]);
  });

  it('doubts an error in C that is gone far from the problem: macros look like errors', async () => {
    const text = 'void f(void) {\n  a();\n  b();\n  c();\n  x();\n  y();\n  z();\n  d();\n';
    const far = await compare(check('c', text, 1), text, text.replace('b();', 'b(); }'));
    assert.deepEqual(far, { by: ['tree-sitter'], isProblemGone: true, isDoubtful: true });
    const near = await compare(check('c', text, 7), text, text.replace('d();', 'd(); }'));
    assert.deepEqual(near, { by: ['tree-sitter'], isProblemGone: true });
  });

  it('says nothing about a language without a grammar', async () =>
    assert.equal(await compare(check('kotlin', 'val a = b\n'), 'val a = b\n', 'val a = = c\n'), undefined));

  for (const [languageId, broken, fixed] of [
    ['c', 'int f(int a) { return (a + 1; }\n', 'int f(int a) { return (a + 1); }\n'],
    ['cpp', 'int f(int a) { return (a + 1; }\n', 'int f(int a) { return (a + 1); }\n'],
    [
      'css',
      'a { width: calc(1px + 2px; }\nb { color: blue; }\n',
      'a { width: calc(1px + 2px); }\nb { color: blue; }\n',
    ],
    ['go', 'package a\nfunc f() int { return (1 + 2 }\n', 'package a\nfunc f() int { return (1 + 2) }\n'],
    ['java', 'class A { int f() { return (1; } }\n', 'class A { int f() { return (1); } }\n'],
    ['javascript', 'const a = [1, 2;\n', 'const a = [1, 2];\n'],
    ['python', 'def f(a:\n    return a\n', 'def f(a):\n    return a\n'],
    ['rust', 'fn f() -> i32 { (1 + 2 }\n', 'fn f() -> i32 { (1 + 2) }\n'],
    ['shellscript', 'if true; then\n  echo a\n', 'if true; then\n  echo a\nfi\n'],
    ['typescriptreact', 'const a = <b>{c</b>;\n', 'const a = <b>{c}</b>;\n'],
  ] as const)
    it(`knows ${languageId}`, async () => {
      const line = broken.includes('\nfunc') ? 1 : 0;
      assert.deepEqual(await compare(check(languageId, broken, line), broken, fixed), {
        by: ['tree-sitter'],
        isProblemGone: true,
      });
    });
});
