import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckReport } from '../../../../../src/engine/checkers/checkers.js';
import { CheckerValidator } from '../../../../../src/engine/edit/fix/checkerValidator.js';

const never = new AbortController().signal;
const OLD = 'a\nbad\nother\n';

/** A validator whose checker reports the lines with these words. */
function validator(
  words: readonly string[],
  kind: 'checked' | 'failed' | 'untrusted' = 'checked',
): CheckerValidator {
  const check = (file: { readonly text: string }): Promise<readonly CheckReport[]> => {
    if (kind !== 'checked') return Promise.resolve([{ kind, by: 'words' }]);
    const problems = file.text
      .split('\n')
      .flatMap((text, line) =>
        words.includes(text) ? [{ line, column: 0, message: `'${text}'`, severity: 'error' as const }] : [],
      );
    return Promise.resolve([{ kind, by: 'words', problems }]);
  };
  const document = TextDocument.create('file:///x', 'x', 1, OLD);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
  return new CheckerValidator(
    { check },
    {
      uri: document.uri,
      languageId: 'x',
      isTrusted: true,
      text: OLD,
      target: { start: 1, end: 2 },
      textWith: (newText) => TextDocument.applyEdits(document, [{ range, newText }]),
    },
  );
}

const candidate = (newText: string): Parameters<CheckerValidator['validate']>[0] => ({
  languageId: 'x',
  oldText: 'bad',
  newText,
  isFinished: true,
});

describe('the check of a fix by the language’s own tools', () => {
  it('passes a fix that clears the problem of its lines', async () =>
    assert.deepEqual(await validator(['bad', 'other']).validate(candidate('good'), never), {
      kind: 'passed',
      by: 'words',
    }));

  it('doubts a fix with a problem of its own', async () =>
    assert.deepEqual(await validator(['bad', 'worse']).validate(candidate('worse'), never), {
      kind: 'doubtful',
      reason: 'syntax',
    }));

  it('says nothing where the problem could not be seen before', async () =>
    assert.deepEqual(await validator(['other']).validate(candidate('good'), never), { kind: 'unchecked' }));

  it('says nothing where no tool has a verdict', async () => {
    for (const kind of ['failed', 'untrusted'] as const)
      assert.deepEqual(await validator(['bad'], kind).validate(candidate('good'), never), {
        kind: 'unchecked',
      });
  });
});
