import assert from 'node:assert/strict';
import type { Checkers } from '../../../../../../src/engine/checkers/checkers.js';
import { ScriptedEdit } from '../../support/scriptedEdit.js';
import { trees } from '../../support/cheapFix.js';
import { TextDocument } from 'vscode-languageserver-textdocument';

const BROKEN = 'int f(struct point *p) {\n  return p.x;\n}\n';
const FIXED = BROKEN.replace('p.x', 'p->x');
const MESSAGE = '‘p’ is a pointer; did you mean to use ‘->’?';

/** A compiler that objects to all texts but one, and suggests some. */
function compiler(
  suggested: readonly string[],
  correct: string,
): Pick<Checkers, 'check' | 'fixes'> & { asked: number } {
  const tool = {
    asked: 0,
    check: ({ text }: { readonly text: string }) =>
      Promise.resolve([
        {
          kind: 'checked' as const,
          by: 'gcc',
          problems:
            text === correct ? [] : [{ line: 1, column: 9, message: MESSAGE, severity: 'error' as const }],
        },
      ]),
    fixes: () => {
      tool.asked++;
      return Promise.resolve(suggested);
    },
  };
  return tool;
}

describe('a compiler’s suggestion', () => {
  it('is offered when it clears the message, without the model', async () => {
    const { text, origin, prompts } = await fix(compiler([`${BROKEN}// no`, FIXED], FIXED), BROKEN);
    assert.deepEqual([text, origin, prompts], [FIXED, 'compiler', 0]);
  });

  it('is left to the model when it clears nothing', async () => {
    const { text, origin } = await fix(compiler([BROKEN.replace('p.x', 'p->y')], FIXED), BROKEN);
    assert.deepEqual([text, origin], [FIXED, 'model']);
  });

  it('isn’t asked for where a bracket is missing: the place would be a guess', async () => {
    const broken = 'int f(int a) {\n  return (a + 1;\n}\n';
    const tool = compiler([broken.replace('1;', '1);')], '');
    await fix(tool, broken).catch(() => undefined);
    assert.equal(tool.asked, 0);
  });
});

async function fix(
  tool: Pick<Checkers, 'check' | 'fixes'>,
  text: string,
): Promise<{ readonly text: string; readonly origin: string; readonly prompts: number }> {
  const document = TextDocument.create('file:///x', 'c', 1, text);
  const edit = new ScriptedEdit(() => FIXED, undefined, trees, tool, undefined, tool);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 12 } };
  const result = await edit.run(document, {
    range,
    isTrusted: true,
    diagnostics: [{ range, message: MESSAGE, severity: 1 }],
  });
  const after = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
  return { text: after, origin: result.origin, prompts: edit.prompts.length };
}
