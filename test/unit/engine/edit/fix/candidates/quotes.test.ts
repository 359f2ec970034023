import assert from 'node:assert/strict';
import { assertNothing, cheapFix } from '../../support/cheapFix.js';
import type { Mistake } from '../../support/tokenMistakes.js';

const RIGHT: readonly Mistake[] = [
  {
    languageId: 'python',
    broken: 'def f():\n    """Adds.""\n    return 1\n',
    fixed: 'def f():\n    """Adds."""\n    return 1\n',
  },
  { languageId: 'javascript', broken: "const a = `b ${c} d';\n", fixed: 'const a = `b ${c} d`;\n' },
  {
    languageId: 'typescript',
    broken: 'import { a } from ./b.js";\n',
    fixed: 'import { a } from "./b.js";\n',
  },
  { languageId: 'shellscript', broken: 'echo "locked >&2\n', fixed: 'echo "locked" >&2\n' },
  {
    languageId: 'shellscript',
    broken: 'if test -z "${a+set}; then\n  b\nfi\n',
    fixed: 'if test -z "${a+set}"; then\n  b\nfi\n',
  },
  { languageId: 'shellscript', broken: 'test $a" = true\n', fixed: 'test "$a" = true\n' },
  {
    languageId: 'typescriptreact',
    broken: 'const a = <b c="d>{e}</b>;\n',
    fixed: 'const a = <b c="d">{e}</b>;\n',
  },
  { languageId: 'python', broken: 'print("Hello, world!)\n', fixed: 'print("Hello, world!")\n' },
];

/** Each has two places that are as likely. */
const UNKNOWN: readonly Omit<Mistake, 'fixed'>[] = [
  { languageId: 'go', broken: 'package a\n\nfunc f() {\n\tg("read %s, path, err)\n}\n', line: 3 },
  { languageId: 'java', broken: 'class A {\n  void f() {\n    g("no number: + args[0]);\n  }\n}\n', line: 2 },
  { languageId: 'cpp', broken: "void f() {\n  std::cout << \"a: << b << '\\n';\n}\n", line: 1 },
  { languageId: 'css', broken: 'a {\n  font-family: "Segoe UI, sans-serif;\n}\n', line: 1 },
  { languageId: 'shellscript', broken: "a=$(find b -name '*.txt | sort)\necho c\n", line: 0 },
  { languageId: 'shellscript', broken: 'a=`$(b)\necho c\n', line: 0 },
  { languageId: 'javascript', broken: 'f(");\n', line: 0 },
  { languageId: 'shellscript', broken: 'echo a b c"\necho d\n', line: 0 },
  { languageId: 'shellscript', broken: 'a=$b $c"\necho d\n', line: 0 },
  { languageId: 'rust', broken: 'fn f() -> String {\n    "a.to_string()\n}\n', line: 1 },
];

describe('a quote that is missing or wrong', () => {
  for (const mistake of RIGHT)
    it(`is found in ${mistake.languageId}: ${JSON.stringify(mistake.broken)}`, async () => {
      const { text, result, prompts } = await cheapFix(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
    });

  for (const mistake of UNKNOWN)
    it(`has no place that is known in ${mistake.languageId}: ${JSON.stringify(mistake.broken)}`, () =>
      assertNothing(mistake));
});
