import assert from 'node:assert/strict';
import { cheapFix } from '../../support/cheapFix.js';
import type { Mistake } from '../../support/tokenMistakes.js';

const inGo = (body: string): string => `package a\n\nfunc f(b int, c bool) {\n${body}}\n`;
const inJava = (body: string): string => `class A {\n  void f(int a) {\n${body}  }\n}\n`;

const LINES: readonly Mistake[] = [
  ...['else if', 'elseif', 'elsif'].map((word) => ({
    languageId: 'python',
    broken: `if a:\n    b()\n${word} c:\n    d()\n`,
    fixed: 'if a:\n    b()\nelif c:\n    d()\n',
  })),
  {
    languageId: 'python',
    broken: 'if a && !b || "!&&" in c:\n    d()\n',
    fixed: 'if a and not b or "!&&" in c:\n    d()\n',
  },
  { languageId: 'python', broken: 'if a {\n    b()\n', fixed: 'if a:\n    b()\n' },
  {
    languageId: 'python',
    broken: 'def f(a) => int:\n    return a\n',
    fixed: 'def f(a) -> int:\n    return a\n',
  },
  { languageId: 'python', broken: 'function f(a):\n    return a\n', fixed: 'def f(a):\n    return a\n' },
  {
    languageId: 'javascript',
    broken: 'if (a) {\n  b();\n} elif (c) {\n  d();\n}\n',
    fixed: 'if (a) {\n  b();\n} else if (c) {\n  d();\n}\n',
  },
  {
    languageId: 'javascript',
    broken: 'if (a and not b) {\n  c();\n}\n',
    fixed: 'if (a && !b) {\n  c();\n}\n',
  },
  { languageId: 'javascript', broken: 'const f = (a) -> a + 1;\n', fixed: 'const f = (a) => a + 1;\n' },
  { languageId: 'typescript', broken: 'if a === 1 {\n  b();\n}\n', fixed: 'if (a === 1) {\n  b();\n}\n' },
  {
    languageId: 'typescript',
    broken: 'def f(a: number) {\n  return a;\n}\n',
    fixed: 'function f(a: number) {\n  return a;\n}\n',
  },
  {
    languageId: 'go',
    broken: inGo('\tif c {\n\t\tg()\n\t} elif b > 1 {\n\t\th()\n\t}\n'),
    fixed: inGo('\tif c {\n\t\tg()\n\t} else if b > 1 {\n\t\th()\n\t}\n'),
  },
  { languageId: 'go', broken: inGo('\twhile c {\n\t\tg()\n\t}\n'), fixed: inGo('\tfor c {\n\t\tg()\n\t}\n') },
  {
    languageId: 'java',
    broken: inJava('    if a > 1 {\n      g();\n    }\n'),
    fixed: inJava('    if (a > 1) {\n      g();\n    }\n'),
  },
  {
    languageId: 'rust',
    broken: 'fn f(a: i32) => i32 {\n    a\n}\n',
    fixed: 'fn f(a: i32) -> i32 {\n    a\n}\n',
  },
  {
    languageId: 'rust',
    broken: 'fn f(a: i32) -> i32 {\n    match a {\n        1 -> 2,\n        _ => 3,\n    }\n}\n',
    fixed: 'fn f(a: i32) -> i32 {\n    match a {\n        1 => 2,\n        _ => 3,\n    }\n}\n',
  },
  {
    languageId: 'shellscript',
    broken: 'if [ "$a" ]; then\n  b\nelse if [ "$c" ]; then\n  d\nfi\necho e\n',
    fixed: 'if [ "$a" ]; then\n  b\nelif [ "$c" ]; then\n  d\nfi\necho e\n',
  },
];

describe('what another language writes', () => {
  for (const mistake of LINES)
    it(`becomes ${mistake.languageId}: ${JSON.stringify(mistake.broken)}`, async () => {
      const { text, result, prompts } = await cheapFix(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
    });
});
