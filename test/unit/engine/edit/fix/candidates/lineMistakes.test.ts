import assert from 'node:assert/strict';
import { assertNothing, cheapFix } from '../../support/cheapFix.js';
import { LINE_MISTAKES, UNDECIDED } from '../../support/lineMistakes.js';

describe('a mistake on one line', () => {
  for (const mistake of LINE_MISTAKES)
    it(`has one right answer in ${mistake.languageId}: ${JSON.stringify(mistake.broken)}`, async () => {
      const { result, text, prompts } = await cheapFix(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
    });

  for (const [languageId, broken, line] of UNDECIDED)
    it(`is left to the model in ${languageId}: ${JSON.stringify(broken)}`, () =>
      assertNothing({ languageId, broken, line }));

  it('is corrected as other lines of the text are written', async () => {
    const row = (name: string, tuple: string): string => `${name} = Feature(${tuple}\n`;
    const right = row('a', '(3, 5, "b"), 1)') + row('c', '(3, 6, "b"), 2)') + row('d', '(3, 7, "e"), 3)');
    const broken = right.replace('6, "b"), 2', '6, "b", 2');
    const { text, result } = await cheapFix({ languageId: 'python', broken, fixed: right });
    assert.deepEqual([text, result.verdict.kind], [right, 'verified']);
  });

  it('is looked for where a name is declared, when the other places agree', async () => {
    const broken = 'function total(itmes) {\n  const a = items.length;\n  return items.map(a);\n}\n';
    const { text, result } = await cheapFix({
      languageId: 'javascript',
      broken,
      fixed: '',
      line: 1,
      message: "Cannot find name 'items'.",
    });
    assert.equal(text, broken.replace('itmes', 'items'));
    assert.equal(result.origin, 'spelling');
  });
});
