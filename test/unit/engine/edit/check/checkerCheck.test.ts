import assert from 'node:assert/strict';
import type { CheckReport } from '../../../../../src/engine/checkers/checkers.js';
import type { Check, Comparison } from '../../../../../src/engine/edit/check/check.js';
import { CheckerCheck } from '../../../../../src/engine/edit/check/checkerCheck.js';
import { EditCheck } from '../../../../../src/engine/edit/check/editCheck.js';
import { SyntaxCheck } from '../../../../../src/engine/edit/check/syntaxCheck.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { checkedDocument, compare, proposal } from '../support/proposals.js';

const OLD = 'a\nbad\nother\n';
const { signal } = new AbortController();

/** A check whose tool reports the lines with these words. */
function checkFor(
  words: readonly string[],
  kind: 'checked' | 'failed' | 'untrusted' = 'checked',
  { isSyntax = false } = {},
): CheckerCheck {
  const check = (file: { readonly text: string }): Promise<readonly CheckReport[]> => {
    if (kind !== 'checked') return Promise.resolve([{ kind, by: 'words' }]);
    const problems = file.text.split('\n').flatMap((text, line) =>
      words.includes(text)
        ? [
            {
              line,
              column: 0,
              message: text,
              severity: 'error' as const,
              ...(isSyntax ? { isSyntax: true as const } : {}),
            },
          ]
        : [],
    );
    // A compiler stops at the first syntax error.
    return Promise.resolve([{ kind, by: 'words', problems: isSyntax ? problems.slice(0, 1) : problems }]);
  };
  const file = { uri: 'file:///x', isTrusted: true };
  return new CheckerCheck({ check }, checkedDocument('x', OLD, 1), file, undefined);
}

describe('the check of a fix by the language’s own tools', () => {
  it('sees that the problem of its lines is gone', async () =>
    assert.deepEqual(await compare(checkFor(['bad', 'other']), OLD, 'a\ngood\nother\n'), {
      by: ['words'],
      isProblemGone: true,
      isUntrusted: false,
    }));

  it('rejects a fix with a problem of its own, or with the old one', async () => {
    const worse = await compare(checkFor(['bad', 'worse']), OLD, 'a\nworse\nother\n');
    assert.deepEqual(worse?.objection, { reason: 'newProblem', message: 'worse' });
    const same = await compare(checkFor(['bad']), OLD, 'b\nbad\nother\n');
    assert.deepEqual(same?.objection, { reason: 'problemStays', message: 'bad' });
  });

  it('passes over a broken rest that the first error hid', async () =>
    assert.equal(
      (await compare(checkFor(['bad', 'other'], 'checked', { isSyntax: true }), OLD, 'a\ngood\nother\n'))
        ?.objection,
      undefined,
    ));

  it('proves nothing where the problem could not be seen before', async () =>
    assert.equal((await compare(checkFor(['other']), OLD, 'a\ngood\nother\n'))?.isProblemGone, false));

  it('says nothing where no tool has a verdict, and why when that is for want of trust', async () => {
    assert.equal(await compare(checkFor(['bad'], 'failed'), OLD, 'a\ngood\nother\n'), undefined);
    const untrusted = await compare(checkFor(['bad'], 'untrusted'), OLD, 'a\ngood\nother\n');
    assert.deepEqual(untrusted, { by: [], isProblemGone: false, isUntrusted: true });
  });
});

describe('a tool that fails, or knows more than the grammar', () => {
  const document = checkedDocument('python', 'f(a\nb\n', 0);
  const file = { uri: 'file:///x', isTrusted: true };
  const error = (message: string): CheckReport => ({
    kind: 'checked',
    by: 'tool',
    problems: [{ line: 3, column: 0, message, severity: 'error', isSyntax: true }],
  });

  it('gives no verdict on the new text: nothing is proved', async () => {
    const reports: CheckReport[] = [error('bad'), { kind: 'failed', by: 'tool' }];
    const check = new CheckerCheck(
      { check: () => Promise.resolve(reports.splice(0, 1)) },
      document,
      file,
      undefined,
    );
    const comparison = await compare(check, 'f(a\nb\n', 'f(a)\nb\n');
    assert.deepEqual([comparison?.isProblemGone, comparison?.isFailed], [false, true]);
  });

  it('objects where the grammar is content, and it can’t parse the text', async () => {
    const tool = { check: () => Promise.resolve([error('invalid syntax')]) };
    const syntax = new SyntaxCheck(new SyntaxTrees(), document);
    const check = new CheckerCheck(tool, document, file, syntax);
    const comparison = await compare(check, 'f(a\nb\n', 'f(a)\nb\n');
    assert.deepEqual(comparison?.objection, { reason: 'problemStays', message: 'invalid syntax' });
  });
});

describe('the verdict on a fix', () => {
  const says = (comparison: Comparison | undefined): Check => ({
    compare: () => Promise.resolve(comparison),
  });
  const verdict = (...comparisons: readonly (Comparison | undefined)[]): Promise<unknown> =>
    new EditCheck(comparisons.map(says)).run(proposal('a', 'b'), signal);
  const gone: Comparison = { by: ['one'], isProblemGone: true };
  const nothing: Comparison = { by: ['two'], isProblemGone: false };

  it('is verified when one check has seen the problem go, and none objects', async () =>
    assert.deepEqual(await verdict(undefined, gone, nothing), {
      kind: 'accepted',
      verdict: { kind: 'verified', by: ['one', 'two'] },
    }));

  it('isn’t verified by a grammar with errors of its own, unless a compiler has read the text, too', async () => {
    const doubtful: Comparison = { ...gone, isDoubtful: true };
    assert.deepEqual(await verdict(doubtful), {
      kind: 'accepted',
      verdict: { kind: 'unverified', reason: 'notReproduced', by: ['one'] },
    });
    assert.deepEqual(await verdict(doubtful, nothing), {
      kind: 'accepted',
      verdict: { kind: 'verified', by: ['one', 'two'] },
    });
  });

  it('isn’t verified when a tool that had read the old text has no verdict on the new one', async () => {
    const failed: Comparison = { by: [], isProblemGone: false, isFailed: true };
    assert.deepEqual(await verdict(gone, failed), {
      kind: 'accepted',
      verdict: { kind: 'unverified', reason: 'checkFailed', by: ['one'] },
    });
  });

  it('is not verified when none saw the problem', async () => {
    assert.deepEqual(await verdict(nothing), {
      kind: 'accepted',
      verdict: { kind: 'unverified', reason: 'notReproduced', by: ['two'] },
    });
    assert.deepEqual(await verdict(undefined), {
      kind: 'accepted',
      verdict: { kind: 'unverified', reason: 'noChecker', by: [] },
    });
    assert.deepEqual(await verdict({ by: [], isProblemGone: false, isUntrusted: true }, nothing), {
      kind: 'accepted',
      verdict: { kind: 'unverified', reason: 'untrusted', by: ['two'] },
    });
  });

  it('is a rejection as soon as one objects', async () => {
    const objection = { reason: 'newProblem' } as const;
    assert.deepEqual(await verdict(gone, { by: ['two'], isProblemGone: false, objection }), {
      kind: 'rejected',
      objection,
    });
  });
});
