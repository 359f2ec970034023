import assert from 'node:assert/strict';
import { unbalancedBrackets } from '../../../../../src/engine/language/brackets.js';
import { isBetter, TextValidator } from '../../../../../src/engine/edit/fix/validator.js';

const verdictOn = (
  oldText: string,
  newText: string,
  isFinished = true,
  languageId = 'typescript',
): Promise<unknown> => new TextValidator().validate({ languageId, oldText, newText, isFinished });

describe('the text validator', () => {
  it('accepts complete code', async () =>
    assert.deepEqual(await verdictOn('f(a;', 'f(a);'), { kind: 'unchecked' }));

  it('doubts truncated code', async () =>
    assert.deepEqual(await verdictOn('f(a);', 'f(b);', false), { kind: 'doubtful', reason: 'unfinished' }));

  it('doubts code that opens a bracket and doesn’t close it', async () =>
    assert.deepEqual(await verdictOn('f(a);', 'f((a);'), { kind: 'doubtful', reason: 'unbalanced' }));

  it('accepts a part of a file that was unbalanced before', async () =>
    assert.deepEqual(await verdictOn('if (a) {\n  f();', 'if (b) {\n  f();'), { kind: 'unchecked' }));

  it('doubts code that is less than half as long', async () => {
    const old = Array.from({ length: 20 }, (_, index) => `const value${index} = compute(${index});`).join(
      '\n',
    );
    assert.deepEqual(await verdictOn(old, old.slice(0, old.indexOf('\n'))), {
      kind: 'doubtful',
      reason: 'shorter',
    });
  });

  it('accepts short code that becomes shorter', async () =>
    assert.deepEqual(await verdictOn('let unused = compute();\nlet x = 1;', 'let x = 1;'), {
      kind: 'unchecked',
    }));

  it('ranks a checked candidate over an unchecked one, and that over a doubtful one', () => {
    const [passed, unchecked, doubtful] = [
      { kind: 'passed', by: 'tsc' },
      { kind: 'unchecked' },
      { kind: 'doubtful', reason: 'shorter' },
    ] as const;
    assert.ok(isBetter(passed, unchecked) && isBetter(unchecked, doubtful) && !isBetter(doubtful, doubtful));
  });
});

describe('brackets', () => {
  const cases: readonly (readonly [language: string, text: string, left: string])[] = [
    ['typescript', 'f([{ a: 1 }]);', ''],
    ['typescript', 'f([1);', ')(['],
    ['typescript', 'f(\'(\', ")", `}`); // (\n/* { */', ''],
    ['rust', "fn f<'a>(x: &'a str) -> char { '(' }", ''],
    ['cpp', "int a = 1'000'000; f('{');", ''],
    ['python', 'f("(")  # (', ''],
    ['python', '"""\n(\n"""\nx = [1', '['],
    ['markdown', '1) first :)', ''],
    ['shellscript', 'case $x in\n  a) ;;\nesac', ''],
  ];
  for (const [language, text, left] of cases)
    it(`leave ${left === '' ? 'nothing' : left} over in ${text}`, () =>
      assert.equal(unbalancedBrackets(text, language), left));
});
