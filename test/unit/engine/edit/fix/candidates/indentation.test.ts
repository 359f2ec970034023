import assert from 'node:assert/strict';
import type { CheckFile } from '../../../../../../src/engine/checkers/checker.js';
import type { CheckReport } from '../../../../../../src/engine/checkers/checkers.js';
import { assertNothing, cheapFix } from '../../support/cheapFix.js';
import type { Mistake } from '../../support/tokenMistakes.js';

/** Python's rule for the indentation of lines, as far as these texts need it. */
const python = {
  check: ({ text }: CheckFile): Promise<readonly CheckReport[]> => {
    const found = wrongIndent(text.split('\n'));
    const problems = found === undefined ? [] : [{ ...found, ...SYNTAX_ERROR }];
    return Promise.resolve([{ kind: 'checked', by: 'python', problems }]);
  },
};

const SYNTAX_ERROR = { column: 0, severity: 'error', isSyntax: true } as const;

function wrongIndent(
  lines: readonly string[],
): { readonly line: number; readonly message: string } | undefined {
  const levels = [0];
  let last = '';
  for (const [line, own] of lines.entries()) {
    if (own.trim() === '') continue;
    if (last.startsWith('\t') && !own.startsWith('\t'))
      return { line, message: 'inconsistent use of tabs and spaces' };
    const width = own.replaceAll('\t', '        ').search(/\S/);
    const isDeeper = width > (levels.at(-1) ?? 0);
    if (last.endsWith(':') && !isDeeper) return { line, message: 'expected an indented block' };
    if (!last.endsWith(':') && isDeeper) return { line, message: UNEXPECTED };
    if (isDeeper) levels.push(width);
    while (width < (levels.at(-1) ?? 0)) levels.pop();
    if (width !== levels.at(-1)) return { line, message: UNINDENT };
    last = own;
  }
  return undefined;
}

const UNINDENT = 'unindent does not match any outer indentation level';
const UNEXPECTED = 'unexpected indent';
const EXPECTED = 'expected an indented block after function definition';

const LINES: readonly Mistake[] = [
  {
    languageId: 'python',
    broken: 'def f():\n    a = 1\n   return a\n',
    fixed: 'def f():\n    a = 1\n    return a\n',
    message: UNINDENT,
  },
  {
    languageId: 'python',
    broken: 'def f():\n    a = 1\n      return a\n',
    fixed: 'def f():\n    a = 1\n    return a\n',
    message: UNEXPECTED,
  },
  {
    languageId: 'python',
    broken: 'def f():\nreturn 1\n',
    fixed: 'def f():\n    return 1\n',
    message: EXPECTED,
  },
  {
    languageId: 'python',
    broken: 'def f(a):\n    if a:\n        b()\n\treturn a\n\nf(1)\n'.replace('\treturn', '     return'),
    fixed: 'def f(a):\n    if a:\n        b()\n    return a\n\nf(1)\n',
    message: UNINDENT,
  },
  // The message is about the line that stands at its level; the one above it doesn't.
  {
    languageId: 'python',
    broken: 'def f():\n     a = 1\n    return a\n',
    fixed: 'def f():\n    a = 1\n    return a\n',
    line: 2,
    message: UNINDENT,
  },
  {
    languageId: 'python',
    broken: 'def f(a):\n    if a:\n\tb()\n    return a\n',
    fixed: 'def f(a):\n    if a:\n        b()\n    return a\n',
    line: 3,
    message: 'inconsistent use of tabs and spaces in indentation',
  },
  {
    languageId: 'python',
    broken: 'class A:\n   def f(self):\n        return 1\n\n    def g(self):\n        return 2\n',
    fixed: 'class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n',
    line: 4,
    message: UNINDENT,
  },
];

describe('a line that is indented wrongly', () => {
  for (const mistake of LINES)
    it(`is put at the nearest level: ${JSON.stringify(mistake.broken)}`, async () => {
      const { text, result, prompts } = await cheapFix(mistake, { isTrusted: true }, python);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
    });

  it('is left alone where two levels are as near, and both are correct', () =>
    assertNothing(
      {
        languageId: 'python',
        broken: 'def f(a):\n    for b in a:\n        c(b)\n      d(b)\n',
        line: 3,
        message: UNINDENT,
      },
      { isTrusted: true },
      python,
    ));

  it('isn’t looked for where the message is about something else', () =>
    assertNothing(
      {
        languageId: 'python',
        broken: 'def f():\n    a = 1\n   return a\n',
        line: 2,
        message: 'another message',
      },
      { isTrusted: true },
      python,
    ));
});
