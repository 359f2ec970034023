import assert from 'node:assert/strict';
import { unbalancedBrackets } from '../../../../../src/engine/language/bracketBalance.js';
import { isBetter, TextValidator } from '../../../../../src/engine/edit/fix/validator.js';
import { isRunaway } from '../../../../../src/engine/edit/fix/runaway.js';

const judged = (
  oldText: string,
  newText: string,
  isFinished = true,
  languageId = 'typescript',
): Promise<unknown> => new TextValidator().validate({ languageId, oldText, newText, isFinished });

describe('the judge of a candidate', () => {
  it('has nothing against what is whole', async () =>
    assert.deepEqual(await judged('f(a;', 'f(a);'), { kind: 'unchecked' }));

  it('doubts what was cut off', async () =>
    assert.deepEqual(await judged('f(a);', 'f(b);', false), { kind: 'doubtful', reason: 'unfinished' }));

  it('doubts what opens a bracket that it does not close', async () =>
    assert.deepEqual(await judged('f(a);', 'f((a);'), { kind: 'doubtful', reason: 'unbalanced' }));

  it('accepts a part of a file that was unbalanced before', async () =>
    assert.deepEqual(await judged('if (a) {\n  f();', 'if (b) {\n  f();'), { kind: 'unchecked' }));

  it('doubts what has lost half of the code', async () => {
    const old = Array.from({ length: 20 }, (_, index) => `const value${index} = compute(${index});`).join(
      '\n',
    );
    assert.deepEqual(await judged(old, old.slice(0, old.indexOf('\n'))), {
      kind: 'doubtful',
      reason: 'shorter',
    });
  });

  it('lets short code become shorter', async () =>
    assert.deepEqual(await judged('let unused = compute();\nlet x = 1;', 'let x = 1;'), {
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

describe('decoding that goes round in circles', () => {
  it('is seen when one line comes again and again', () =>
    assert.ok(isRunaway(['a', 'b();', 'b();', 'b();', 'b();'], ['a'])));

  it('is seen when some lines come again and again', () => {
    const circle = ['if (x) {', '  y();', '}'];
    assert.ok(isRunaway([...circle, ...circle, ...circle, ...circle], circle));
  });

  it('is not seen in closing brackets', () => assert.ok(!isRunaway(['}', '}', '}', '}', '}'], [])));

  it('is not seen where the code itself repeats a line', () => {
    const rows = Array.from({ length: 6 }, () => '  [0, 0, 0],');
    assert.ok(!isRunaway(rows, rows));
  });
});
