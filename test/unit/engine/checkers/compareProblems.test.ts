import assert from 'node:assert/strict';
import type { CheckerProblem } from '../../../../src/engine/checkers/checker.js';
import { problemsBetween } from '../../../../src/engine/checkers/compareProblems.js';

function problem(line: number, message: string, more: Partial<CheckerProblem> = {}): CheckerProblem {
  return { line, column: 0, message, severity: 'error', ...more };
}

interface Messages {
  readonly gone: readonly string[];
  readonly added: readonly string[];
  readonly uncovered: readonly string[];
}

function changes(
  [oldText, ...before]: readonly [string, ...CheckerProblem[]],
  [newText, ...after]: readonly [string, ...CheckerProblem[]],
): Messages {
  const { gone, added, uncovered } = problemsBetween(
    { text: oldText, problems: before },
    { text: newText, problems: after },
  );
  const messages = (problems: readonly CheckerProblem[]): string[] =>
    problems.map(({ line, message }) => `${line} ${message}`);
  return { gone: messages(gone), added: messages(added), uncovered: messages(uncovered) };
}

const NONE = { gone: [], added: [], uncovered: [] };

describe('problems before and after an edit', () => {
  it('are gone or added', () =>
    assert.deepEqual(changes(['a\nb\nc', problem(1, 'no b')], ['a\nB\nc', problem(1, 'no B')]), {
      ...NONE,
      gone: ['1 no b'],
      added: ['1 no B'],
    }));

  it('are the same on lines that the edit has moved', () => {
    const before = ['a\nb\nc\nd', problem(0, 'top'), problem(3, 'bottom', { column: 4 })] as const;
    const after = ['a\nx\ny\nz\nb\nc\nd', problem(0, 'top'), problem(6, 'bottom', { column: 4 })] as const;
    assert.deepEqual(changes(before, after), NONE);
    assert.deepEqual(changes(after, before), NONE);
  });

  it('are the same when a message names a line that has moved', () =>
    assert.deepEqual(
      changes(
        ['a\nb\nc', problem(2, "'}' expected to match the '{' in line 3, at 3:14")],
        ['a\nnew\nb\nc', problem(3, "'}' expected to match the '{' in line 4, at 4:14")],
      ),
      NONE,
    ));

  it('are not the same when a message has another number that is no place', () =>
    assert.deepEqual(
      changes(
        ['f(1)', problem(0, 'Expected 3 arguments, but got 1.')],
        ['f(1, 2)', problem(0, 'Expected 3 arguments, but got 2.')],
      ),
      {
        ...NONE,
        gone: ['0 Expected 3 arguments, but got 1.'],
        added: ['0 Expected 3 arguments, but got 2.'],
      },
    ));

  it('are counted: a second one like it is new, and one of two may be gone', () => {
    const one = ['a\nb\nc', problem(2, 'no x')] as const;
    const two = ['a\nB\nc', problem(1, 'no x'), problem(2, 'no x')] as const;
    assert.deepEqual(changes(one, two), { ...NONE, added: ['1 no x'] });
    assert.deepEqual(changes(two, one), { ...NONE, gone: ['1 no x'] });
    const twice = ['a\nb', problem(1, 'no x'), problem(1, 'no x')] as const;
    assert.deepEqual(changes(['a\nb', problem(1, 'no x')], twice), { ...NONE, added: ['1 no x'] });
  });

  it('are the same on a line that was rewritten and still has it', () =>
    assert.deepEqual(changes(['foo(x', problem(0, 'no x')], ['foo(x, 1', problem(0, 'no x')]), NONE));

  it('are not the same on another line that was left alone', () =>
    assert.deepEqual(changes(['a\nb\nc', problem(0, 'no x')], ['a\nB\nc', problem(2, 'no x')]), {
      ...NONE,
      gone: ['0 no x'],
      added: ['2 no x'],
    }));

  it('are the same whatever ends the lines', () =>
    assert.deepEqual(changes(['a\r\nb', problem(1, 'no b')], ['a\nb', problem(1, 'no b')]), NONE));

  it('differ in their codes', () =>
    assert.deepEqual(
      changes(['a', problem(0, 'bad', { code: 'E1' })], ['b', problem(0, 'bad', { code: 'E2' })]),
      { ...NONE, gone: ['0 bad'], added: ['0 bad'] },
    ));
});

describe('problems that a syntax error hid', () => {
  const closed = problem(1, "'(' was never closed", { isSyntax: true });

  it('are neither old nor the edit’s own on lines that it left alone', () =>
    assert.deepEqual(
      changes(
        ['import x\nf(1\ng(y)', closed],
        ['import x\nf(1)\ng(y)', problem(0, "no module 'x'"), problem(2, "no name 'y'")],
      ),
      { ...NONE, gone: ["1 '(' was never closed"], uncovered: ["0 no module 'x'", "2 no name 'y'"] },
    ));

  it('are the edit’s own on lines that it wrote', () =>
    assert.deepEqual(changes(['a\nf(1\n', closed], ['a\nf(z)\n', problem(1, "no name 'z'")]).added, [
      "1 no name 'z'",
    ]));

  it('were there when the old line had the name already', () =>
    assert.deepEqual(changes(['a\nf(z\n', closed], ['a\nf(z)\n', problem(1, "no name 'z'")]).uncovered, [
      "1 no name 'z'",
    ]));

  it('are the edit’s own when it has taken the name away that another line uses', () =>
    assert.deepEqual(
      changes(['z = 0\nf(1\ng(z)', closed], ['y = 0\nf(1)\ng(z)', problem(2, "no name 'z'")]).added,
      ["2 no name 'z'"],
    ));

  it('are the edit’s own when they are syntax errors on lines that it wrote', () =>
    assert.deepEqual(
      changes(['a\nf(z\n', closed], ['a\nf(z))\n', problem(1, "unmatched ')' after 'z'", { isSyntax: true })])
        .added,
      ["1 unmatched ')' after 'z'"],
    ));

  it('are the edit’s own when another line defines what they miss, which a bracket may have enclosed', () =>
    assert.deepEqual(
      changes(
        ['function f() {\nconst z = (1;\n}\nz;\n', { ...closed, line: 1 }],
        ['function f() {\nconst z = (1);\n}\nz;\n', problem(3, "no name 'z'")],
      ).added,
      ["3 no name 'z'"],
    ));

  it('are the edit’s own when nothing tells what they are about', () =>
    assert.deepEqual(changes(['a\nf(1\n}', closed], ['a\nf(1)\n}', problem(2, 'missing return')]).added, [
      '2 missing return',
    ]));

  it('are left to another parser when they are syntax errors themselves, of a tool that stops at the first', () => {
    const later = problem(3, "'[' was never closed", { isSyntax: true });
    assert.deepEqual(changes(['a\nf(1\nb\nx = [', closed], ['a\nf(1)\nb\nx = [', later]).uncovered, [
      "3 '[' was never closed",
    ]);
  });

  it('are the edit’s own when they are syntax errors of a tool that finds all of them', () => {
    const before = problem(1, "')' expected", { hidesMeaning: true });
    const after = problem(3, "'}' expected", { hidesMeaning: true });
    assert.deepEqual(changes(['a\nf(1\nb\nc', before], ['a\nf(1) {\nb\nc', after]).added, ["3 '}' expected"]);
    const name = problem(0, "Cannot find name 'a'");
    assert.deepEqual(changes(['a\nf(1\nb', before], ['a\nf(1)\nb', name]).uncovered, [
      "0 Cannot find name 'a'",
    ]);
  });

  it('are none where no syntax error was', () =>
    assert.deepEqual(changes(['a\nf(1)\n', problem(1, 'no f')], ['a\ng(1)\n', problem(0, "no name 'a'")]), {
      gone: ['1 no f'],
      added: ["0 no name 'a'"],
      uncovered: [],
    }));
});
