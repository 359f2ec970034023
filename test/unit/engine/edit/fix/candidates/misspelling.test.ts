import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ScriptedEdit } from '../../support/scriptedEdit.js';
import type { Mistake } from '../../support/tokenMistakes.js';
import { assertNothing, cheapFix, trees } from '../../support/cheapFix.js';

const NAMES: readonly Mistake[] = [
  {
    languageId: 'python',
    broken: 'def f(values):\n    return len(vlaues)\n',
    fixed: 'def f(values):\n    return len(values)\n',
    message: "name 'vlaues' is not defined",
  },
  {
    languageId: 'python',
    // A word of a comment is no name.
    broken: '# vlue\ndef f(value):\n    return vaue\n',
    fixed: '# vlue\ndef f(value):\n    return value\n',
    message: "name 'vaue' is not defined",
  },
  {
    languageId: 'javascript',
    broken: 'const total = 1;\nconsole.log(totla);\n',
    fixed: 'const total = 1;\nconsole.log(total);\n',
    message: "'totla' is not defined.",
  },
];

describe('a misspelt name', () => {
  for (const mistake of NAMES)
    it(`is found without a model in ${mistake.languageId}`, async () => {
      const { result, text, prompts } = await cheapFix(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
      assert.equal(result.origin, 'spelling');
    });

  it('takes what the compiler suggests, though no check here sees the problem', async () => {
    const { result, text } = await cheapFix({
      languageId: 'typescript',
      broken: 'const a = [1];\nconsole.log(a.lenght);\n',
      fixed: 'const a = [1];\nconsole.log(a.length);\n',
      message: "Property 'lenght' does not exist on type 'number[]'. Did you mean 'length'?",
    });
    assert.match(text, /a\.length/);
    assert.deepEqual(result.verdict, {
      kind: 'unverified',
      reason: 'notReproduced',
      by: ['tree-sitter', 'names'],
    });
  });

  it('corrects the name of a type that only the compiler asks for', async () => {
    const compiler = {
      check: ({ text }: { readonly text: string }) =>
        Promise.resolve([
          {
            kind: 'checked' as const,
            by: 'compiler',
            problems: text.includes('innt')
              ? [{ line: 1, column: 16, message: "expected ';' before 'b'", severity: 'error' as const }]
              : [],
          },
        ]),
    };
    const broken = 'struct a {\n  unsigned innt b;\n};\n';
    const edit = new ScriptedEdit(() => broken, undefined, trees, compiler);
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 18 } };
    const document = TextDocument.create('file:///x', 'c', 1, broken);
    const { newText, origin, verdict } = await edit.run(document, {
      range,
      diagnostics: [{ range, message: "expected ';' before 'b'", severity: 1 }],
      isTrusted: true,
    });
    assert.deepEqual(
      [newText, origin, verdict.kind, edit.prompts.length],
      ['  unsigned int b;', 'spelling', 'verified', 0],
    );
  });

  it('doesn’t choose between two names that are as near', async () => {
    const broken = 'def f(item, itemz):\n    return itemx\n';
    await assertNothing({
      languageId: 'python',
      broken,
      message: "name 'itemx' is not defined",
    });
  });
});
