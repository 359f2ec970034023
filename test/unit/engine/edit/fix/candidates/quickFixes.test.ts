import assert from 'node:assert/strict';
import { assertNothing, cheapFix } from '../../support/cheapFix.js';

describe('a quick fix of the language server', () => {
  it('takes the language server’s own quick fix first', async () => {
    const broken = 'const a = [1];\nconsole.log(b);\n';
    const edits = [
      { range: { start: { line: 1, character: 12 }, end: { line: 1, character: 13 } }, newText: 'a' },
    ];
    const { result, text } = await cheapFix(
      {
        languageId: 'typescript',
        broken,
        fixed: broken.replace('(b)', '(a)'),
        message: "Cannot find name 'b'.",
      },
      { quickFixes: [{ title: 'Change spelling', isPreferred: true, edits }] },
    );
    assert.equal(text, broken.replace('(b)', '(a)'));
    assert.deepEqual([result.origin, result.verdict.kind], ['quickFix', 'verified']);
  });

  it('takes the text’s own name that is one slip away before a farther one of a quick fix or a message', async () => {
    const broken = 'export function greet(name: string) {\n  return `Hello, ${nane}!`;\n}\n';
    const fixed = broken.replace('nane', 'name');
    const edits = [
      { range: { start: { line: 1, character: 19 }, end: { line: 1, character: 23 } }, newText: 'NaN' },
    ];
    const { text } = await cheapFix(
      {
        languageId: 'typescript',
        broken,
        fixed,
        line: 1,
        message: "Cannot find name 'nane'. Did you mean 'NaN'?",
      },
      { quickFixes: [{ title: 'Change spelling', isPreferred: true, edits }] },
    );
    assert.equal(text, fixed);
  });

  it('passes over a quick fix that only silences the message or breaks the text', async () => {
    const broken = 'const a = [1];\nconsole.log(ba);\n';
    const at = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
    const quickFixes = [
      { title: 'Ignore', isPreferred: true, edits: [{ range: at, newText: '// @ts-ignore\n' }] },
      { title: 'Break', isPreferred: true, edits: [{ range: at, newText: '(' }] },
      {
        title: 'Overlap',
        isPreferred: true,
        edits: [
          { range: { start: at.start, end: { line: 1, character: 5 } }, newText: '' },
          { range: { start: { line: 1, character: 3 }, end: { line: 1, character: 8 } }, newText: '' },
        ],
      },
    ];
    await assertNothing(
      {
        languageId: 'typescript',
        broken,
        message: "Cannot find name 'ba'.",
      },
      { quickFixes },
    );
  });
});
