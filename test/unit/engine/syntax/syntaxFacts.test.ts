import assert from 'node:assert/strict';
import { syntaxFacts } from '../../../../src/engine/syntax/syntaxFacts.js';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';
import { treeOf } from './support.js';

const trees = new SyntaxTrees();

async function factsOf(languageId: string, marked: string): Promise<ReturnType<typeof syntaxFacts>> {
  const { tree, offset } = await treeOf(marked, languageId, trees);
  return syntaxFacts(tree, offset);
}

type Case = readonly [languageId: string, text: string, expected: boolean];

describe('syntax facts at the cursor', () => {
  const strings: readonly Case[] = [
    ['typescript', 'f("ab▮c");', true],
    ['typescript', 'f("abc"▮);', false],
    ['typescript', 'f(▮"abc");', false],
    ['typescript', 'const x = "abc▮\nfoo();\n', true],
    ['typescript', "const x = 'a' + 'b▮\n", true],
    ['typescript', 'f(`a ${b▮} c`);', false],
    ['typescript', 'f(`a ${b} c▮`);', true],
    ['typescript', 'f(`a\n ▮ c`);', true],
    ['typescriptreact', 'const a = <b className="x▮" />;', true],
    ['javascript', 'const a = {"x": 1▮};', false],
    ['python', 'x = "abc▮\ny = 1\n', true],
    ['python', 'x = f"a {b▮} c"\n', false],
    ['python', 'x = f"a {b} c▮"\n', true],
    ['python', 'def f():\n    """Doc▮\n    """\n', true],
    ['go', 'package a\nfunc f() {\n\tx := "ab▮\n}\n', true],
    ['go', 'package a\nvar x = `a▮b`\n', true],
    ['rust', 'fn f() { let a = "b▮"; }', true],
    ['rust', "fn f() { let a = 'b'▮; }", false],
    ['java', 'class A { String b = "c▮"; }', true],
    ['c', 'char *a = "b▮";', true],
    ['cpp', '#include <vec▮tor>\n', true],
    ['css', 'a { content: "▮x"; }', true],
    ['shellscript', 'echo "a ▮b"\n', true],
    ['shellscript', 'echo "a $(b ▮c)"\n', false],
  ];
  for (const [languageId, text, expected] of strings)
    it(`${languageId}: ${JSON.stringify(text)} is ${expected ? '' : 'not '}in a string`, async () => {
      assert.equal((await factsOf(languageId, text)).isInString, expected);
    });

  const comments: readonly Case[] = [
    ['typescript', '// abc▮\nf();', true],
    ['typescript', '// abc\n▮f();', false],
    ['typescript', '/* abc▮ */ f();', true],
    ['typescript', '/* abc */▮ f();', false],
    ['typescript', 'f(); // ▮', true],
    ['python', '# abc▮\n', true],
    ['python', 'x = 1  # abc\n▮', false],
    ['rust', '/// doc▮\nfn f() {}\n', true],
    ['rust', '/// doc\n▮fn f() {}\n', false],
    ['go', 'package a\n// b▮\n', true],
    ['java', '/** a\n * b▮\n */\nclass A {}\n', true],
    ['cpp', 'int a; // b▮\r\nint c;\r\n', true],
    ['css', '/* a▮ */ b {}', true],
    ['shellscript', 'a # b▮\n', true],
  ];
  for (const [languageId, text, expected] of comments)
    it(`${languageId}: ${JSON.stringify(text)} is ${expected ? '' : 'not '}in a comment`, async () => {
      const facts = await factsOf(languageId, text);
      assert.equal(facts.isInComment, expected);
      assert.equal(facts.isInString, false);
    });

  const blocks: readonly Case[] = [
    ['typescript', 'function f() {▮\n}\n', true],
    ['typescript', 'function f() {▮}\n', true],
    ['typescript', 'function f() {\n  ▮\n}\n', true],
    ['typescript', 'function f() {\n  // Adds.\n  ▮\n}\n', true],
    ['typescript', 'function f() {\n  ▮\n  return 1;\n}\n', false],
    ['typescript', 'function f() {\n  return 1;\n  ▮\n}\n', false],
    ['typescript', 'function f() {\n  if (a) {▮\n}\n', true],
    ['typescript', 'class A {\n  ▮\n}\n', true],
    ['typescript', 'class A {\n  b(): void {\r\n    ▮\r\n  }\n}\n', true],
    ['typescript', 'interface A {\n  ▮\n}\n', true],
    ['typescript', 'const f = (a) => {▮', true],
    ['typescript', 'items.map((a) => {▮});', true],
    ['typescript', 'const a = {▮};', false],
    ['typescript', 'import {▮} from "./a";', false],
    ['typescript', 'const a = [▮];', false],
    ['typescript', 'foo(▮)', false],
    ['typescript', 'const a = ▮', false],
    ['typescript', 'f("{▮")', false],
    ['javascript', 'switch (a) {\n  ▮\n}', true],
    ['python', 'def f(a):\n    ▮\n', true],
    ['python', 'def f(a):▮\n', true],
    ['python', 'def f(a):\n    """Adds."""\n    ▮\n', true],
    ['python', 'def f(\n    a,\n) -> int:\n    ▮\n\nx = 1\n', true],
    ['python', 'def f(a):\n    ▮\n    return 1\n', false],
    ['python', 'def f(a):\n    return 1\n    ▮\n', false],
    ['python', 'for a in b:\n    if a:\n        ▮\n    c()\n', true],
    ['python', 'x = {"a":▮}\n', false],
    ['python', 'x = a[1:▮]\n', false],
    ['python', 'def f(a):  # adds\n    ▮\n', true],
    ['python', '# def f():\n▮\n', false],
    ['go', 'package a\n\nfunc f() {\n\t▮\n}\n', true],
    ['go', 'package a\n\ntype A struct {\n\t▮\n}\n', true],
    ['go', 'package a\n\nfunc f() {\n\tx := []int{▮}\n}\n', false],
    ['rust', 'impl A {\n    fn b(&self) -> u8 {\n        ▮\n    }\n}\n', true],
    ['rust', 'fn f() {\n    match a {\n        ▮\n    }\n}\n', true],
    ['java', 'class A {\n  void b() {\n    ▮\n  }\n}\n', true],
    ['cpp', 'int f() {\n  ▮\n}\n', true],
    ['c', 'struct a {\n  ▮\n};\n', true],
    ['cpp', 'int a[] = {▮};\n', false],
    ['css', 'a {\n  ▮\n}\n', true],
    ['shellscript', 'if a; then\n  ▮\nfi\n', true],
    ['shellscript', 'for a in b; do\n  ▮\ndone\n', true],
    ['shellscript', 'f() {\n  ▮\n}\n', true],
    ['shellscript', 'echo $(a)\n▮\n', false],
  ];
  for (const [languageId, text, expected] of blocks)
    it(`${languageId}: ${JSON.stringify(text)} ${expected ? 'opens a block' : 'opens no block'}`, async () => {
      assert.equal((await factsOf(languageId, text)).opensBlock, expected);
    });
});
