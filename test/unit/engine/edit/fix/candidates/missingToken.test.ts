import assert from 'node:assert/strict';
import { TOKENS } from '../../support/tokenMistakes.js';
import { assertNothing, cheapFix } from '../../support/cheapFix.js';

describe('a token that is missing or too many', () => {
  for (const mistake of TOKENS)
    it(`is found without a model in ${mistake.languageId}: ${JSON.stringify(mistake.broken.split('\n')[mistake.line ?? 0])}`, async () => {
      const { result, text, prompts } = await cheapFix(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
      assert.ok(['syntax', 'spelling'].includes(result.origin));
      assert.equal(result.model, undefined);
    });

  it('isn’t taken away where its partner is more likely missing', async () => {
    const broken = 'class A {\n  int f(int a, int b) { return a + max a; }\n  int c = b + 1);\n}\n';
    await assertNothing({ languageId: 'java', broken, line: 2 });
  });

  it('isn’t chosen between a bracket too many and one too few', async () => {
    await assertNothing({ languageId: 'python', broken: 'print((1 + 2) * 3\n' });
  });

  it('isn’t left where the line has two equal errors', async () => {
    const broken = '{\n  "a": {\n    @b/c": "^1.0",\n    "c": "d"\n  }\n}\n';
    const { text, result } = await cheapFix({
      languageId: 'json',
      broken,
      fixed: broken.replace('@b/c"', '"@b/c"'),
      message: 'Property keys must be doublequoted',
    });
    JSON.parse(text);
    assert.equal(result.verdict.kind, 'verified');
  });

  const unknown: readonly (readonly [languageId: string, broken: string, line: number])[] = [
    ['javascript', 'if (\n  a((b.c) &&\n  d(e.f)\n) {\n  g();\n}\n', 3],
    ['c', 'struct a {\n  long reserved33];\n};\n', 1],
    ['javascript', 'a(b(c).d(e);\n', 0],
    ['go', 'package a\n\nfunc f() {\n\tg(h[i.j)\n}\n', 3],
    ['rust', 'fn f() {\n    let a = b\n        .c(|d| d.e().f()\n        .g();\n}\n', 3],
    ['cpp', 'void f() {\n  cout << "a" b << c;\n}\n', 1],
    ['python', 'a = 0.0 b = 1\n', 0],
  ];
  for (const [languageId, broken, line] of unknown)
    it(`isn’t chosen between places in ${languageId}: ${JSON.stringify(broken)}`, () =>
      assertNothing({ languageId, broken, line }));

  it('is first looked for where a line leaves it open', async () => {
    const broken = 'a\n  .b((c) => c.d > 0\n  .e((f) => f.g)\n  .h((i) => j.k(i));\n';
    const { text } = await cheapFix({ languageId: 'typescript', broken, fixed: '', line: 3 });
    assert.equal(text, broken.replace('> 0', '> 0)'));
  });

  it('closes a list where its indentation ends, and takes away the second of two equal ends', async () => {
    const list = 'a = {\n    "b": [\n        1,\n        2,\n    "c": 3,\n}\n';
    const closed = await cheapFix({ languageId: 'python', broken: list, fixed: '', line: 4 });
    assert.equal(closed.text, list.replace('2,\n', '2,\n    ],\n'));
    const twice = 'function a() {\n  b();\n}\n}\nc();\n';
    const once = await cheapFix({ languageId: 'javascript', broken: twice, fixed: '', line: 3 });
    assert.equal(once.text, twice.replace('}\n}', '}'));
  });

  it('isn’t chosen between two ends of a string', async () => {
    await assertNothing({ languageId: 'javascript', broken: "f('a, b);\n" });
  });
});
