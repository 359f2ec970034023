import assert from 'node:assert/strict';
import { TOKENS } from '../../support/tokenMistakes.js';
import { assertNothing, cheapFix } from '../../support/cheapFix.js';

describe('a token that is missing or too many', () => {
  for (const mistake of TOKENS)
    it(`is found without a model in ${mistake.languageId}: ${JSON.stringify(mistake.broken.split('\n')[mistake.line ?? 0])}`, async () => {
      const { result, text, prompts } = await cheapFix(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
      assert.ok(['syntax', 'spelling'].includes(result.origin));
      assert.equal(result.model, undefined);
    });

  it('isn’t taken away where its partner is more likely missing', async () => {
    const broken = 'class A {\n  int f(int a, int b) { return a + max a; }\n  int c = b + 1);\n}\n';
    await assertNothing({ languageId: 'java', broken, line: 2 });
  });

  it('isn’t chosen between a bracket too many and one too few', async () => {
    await assertNothing({ languageId: 'python', broken: 'print((1 + 2) * 3\n' });
  });

  it('isn’t left where the line has two equal errors', async () => {
    const broken = '{\n  "a": {\n    @b/c": "^1.0",\n    "c": "d"\n  }\n}\n';
    const { text, result } = await cheapFix({
      languageId: 'json',
      broken,
      fixed: broken.replace('@b/c"', '"@b/c"'),
      message: 'Property keys must be doublequoted',
    });
    JSON.parse(text);
    assert.equal(result.verdict.kind, 'verified');
  });

  it('isn’t chosen between two ends of a string', async () => {
    await assertNothing({ languageId: 'javascript', broken: "f('a, b);\n" });
  });
});
