import assert from 'node:assert/strict';
import type { CheckFile } from '../../../../../../src/engine/checkers/checker.js';
import { assertNothing, cheapFix } from '../../support/cheapFix.js';
import type { Mistake } from '../../support/tokenMistakes.js';

const PASTED: readonly Mistake[] = [
  {
    languageId: 'python',
    broken: 'a = {\n    “b”: “c，d”,\n}\n',
    fixed: 'a = {\n    "b": "c，d",\n}\n',
  },
  { languageId: 'python', broken: 'print（1， 2）\n', fixed: 'print(1, 2)\n' },
  { languageId: 'python', broken: 'if a：\n    b()\n', fixed: 'if a:\n    b()\n' },
  {
    languageId: 'python',
    broken: 'def f():\n\u00a0\u00a0\u00a0\u00a0return 1\n',
    fixed: 'def f():\n    return 1\n',
  },
  { languageId: 'javascript', broken: 'f(‘a’， [1]）；\n', fixed: "f('a', [1]);\n" },
  {
    languageId: 'typescript',
    broken: 'function f(): number ｛\n  return 1；\n}\n',
    fixed: 'function f(): number {\n  return 1;\n}\n',
  },
  {
    languageId: 'go',
    broken: 'package a\n\nfunc f() string {\n\treturn g（“a”）\n}\n',
    fixed: 'package a\n\nfunc f() string {\n\treturn g("a")\n}\n',
  },
  {
    languageId: 'java',
    broken: 'class A {\n  int f(int a，int b) { return a；}\n}\n',
    fixed: 'class A {\n  int f(int a,int b) { return a;}\n}\n',
  },
  { languageId: 'rust', broken: 'fn f() {\n    g（“a”）；\n}\n', fixed: 'fn f() {\n    g("a");\n}\n' },
  {
    languageId: 'css',
    broken: '.a {\n  margin：0；\n  color: red;\n}\n',
    fixed: '.a {\n  margin:0;\n  color: red;\n}\n',
  },
  { languageId: 'json', broken: '{\n  “a”： ‘b’，\n  "c": 1\n}\n', fixed: '{\n  "a": "b",\n  "c": 1\n}\n' },
  { languageId: 'json', broken: '{\n  "a":\u00a01\n}\n', fixed: '{\n  "a": 1\n}\n' },
];

/** A compiler that knows no characters but those of ASCII, and no syntax. */
const ascii = {
  check: ({ text }: CheckFile) =>
    Promise.resolve([
      {
        kind: 'checked' as const,
        by: 'ascii',
        problems: text.split('\n').flatMap((line, index) => {
          const column = line.search(/[^\p{ASCII}]/u);
          return column < 0
            ? []
            : [{ line: index, column, message: 'Invalid character.', severity: 'error' as const }];
        }),
      },
    ]),
};

describe('characters of a word processor or an input method', () => {
  for (const mistake of PASTED)
    it(`become those of the code in ${mistake.languageId}: ${JSON.stringify(mistake.broken)}`, async () => {
      const { text, result, prompts } = await cheapFix(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
    });

  it('stay in strings and comments', async () => {
    const broken = 'a = "“x”，"  # 注：“y”\nprint（a）\n';
    const { text } = await cheapFix({ languageId: 'python', broken, fixed: '', line: 1 });
    assert.equal(text, broken.replace('（a）', '(a)'));
  });

  it('are found by a compiler where a grammar takes them for names', async () => {
    const broken = 'const a = b；\n';
    const { text, result } = await cheapFix(
      { languageId: 'typescript', broken, fixed: 'const a = b;\n', message: 'Invalid character.' },
      { isTrusted: true },
      ascii,
    );
    assert.deepEqual([text, result.verdict.kind], ['const a = b;\n', 'verified']);
  });

  it('aren’t touched where they are no mistake', () =>
    assertNothing({ languageId: 'javascript', broken: 'const größe = "a，b";\nf(größe);\n', line: 1 }));
});
