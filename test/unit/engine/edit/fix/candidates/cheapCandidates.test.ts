import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Checkers } from '../../../../../../src/engine/checkers/checkers.js';
import { BUNDLED_SERVICES } from '../../../../../../src/engine/checkers/services/bundledServices.js';
import { sourceOf } from '../../../../../../src/engine/edit/editTask.js';
import { FixTask, type FixChecks } from '../../../../../../src/engine/edit/fix/fixTask.js';
import { SyntaxTrees } from '../../../../../../src/engine/syntax/syntaxTrees.js';
import type { EditParams, EditResult } from '../../../../../../src/protocol/edit.js';
import { ScriptedEdit } from '../../support/scriptedEdit.js';
import { TOKENS, type Mistake } from '../../support/tokenMistakes.js';

const trees = new SyntaxTrees();
const services = new Checkers(BUNDLED_SERVICES);

/** Fixes without a model's help: the model is never asked. */
async function fixOf(
  { languageId, broken, line, fixed, message }: Mistake,
  more: Partial<EditParams> = {},
): Promise<{
  readonly result: EditResult;
  readonly text: string;
  readonly prompts: readonly string[];
}> {
  const document = TextDocument.create('file:///x', languageId, 1, broken);
  const lines = broken.split('\n');
  const at = line ?? lines.findIndex((each, i) => each !== fixed.split('\n')[i]);
  const range = { start: { line: at, character: 0 }, end: { line: at, character: lines[at]?.length ?? 0 } };
  const edit = new ScriptedEdit(() => broken, undefined, trees, services);
  const diagnostics = [{ range, message: message ?? 'invalid syntax', severity: 1 as const }];
  const result = await edit.run(document, { range, diagnostics, ...more });
  const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
  return { result, text, prompts: edit.prompts };
}

/** In a language without a grammar. */
function taskFor(text: string, checks: FixChecks): { readonly withoutModel: () => Promise<unknown> } {
  const document = TextDocument.create('file:///x', 'ruby', 1, text);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } };
  const params: EditParams = {
    textDocument: { uri: document.uri, version: 1 },
    intent: 'fix',
    range,
    isSelection: false,
    diagnostics: [{ range, message: 'invalid syntax', severity: 1 }],
    indent: { useTabs: false, size: 2 },
    isTrusted: true,
    progressToken: '',
  };
  const task = new FixTask(sourceOf(document), params, checks);
  return { withoutModel: () => task.withoutModel(() => undefined, new AbortController().signal) };
}

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

describe('a fix that needs no model', () => {
  for (const mistake of TOKENS)
    it(`finds the token in ${mistake.languageId}: ${JSON.stringify(mistake.broken.split('\n')[mistake.line ?? 0])}`, async () => {
      const { result, text, prompts } = await fixOf(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
      assert.ok(['syntax', 'spelling'].includes(result.origin));
      assert.equal(result.model, undefined);
    });

  for (const mistake of NAMES)
    it(`finds the name in ${mistake.languageId}`, async () => {
      const { result, text, prompts } = await fixOf(mistake);
      assert.deepEqual([text, result.verdict.kind, prompts.length], [mistake.fixed, 'verified', 0]);
      assert.equal(result.origin, 'spelling');
    });

  it('takes what the compiler suggests, though no check here sees the problem', async () => {
    const { result, text } = await fixOf({
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

  it('starts a slow tool for a few tokens only', async () => {
    let time = 0;
    const texts = new Set<string>();
    const compiler = {
      check: ({ text }: { readonly text: string }) => {
        if (!texts.has(text)) time += 1000;
        texts.add(text);
        const problem = { line: 1, column: 0, message: 'invalid syntax', severity: 'error' as const };
        return Promise.resolve([{ kind: 'checked' as const, by: 'compiler', problems: [problem] }]);
      },
    };
    const broken = 'a = 1\na b c d e f g h i j k l\n';
    const { withoutModel } = taskFor(broken, { checkers: compiler, now: () => time });
    assert.equal(await withoutModel(), undefined);
    assert.ok(texts.size > 2 && texts.size <= 6, `${texts.size}`);
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

  it('takes the language server’s own quick fix first', async () => {
    const broken = 'const a = [1];\nconsole.log(b);\n';
    const edits = [
      { range: { start: { line: 1, character: 12 }, end: { line: 1, character: 13 } }, newText: 'a' },
    ];
    const { result, text } = await fixOf(
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
    const { text } = await fixOf(
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
    const edit = fixOf(
      {
        languageId: 'typescript',
        broken,
        fixed: broken.replace('ba', 'c'),
        message: "Cannot find name 'ba'.",
      },
      { quickFixes },
    );
    await assert.rejects(
      edit,
      (error: { data?: { kind?: string } }) => error.data?.kind === 'editImpossible',
    );
  });

  it('doesn’t take away a bracket whose partner is more likely missing', async () => {
    const broken = 'class A {\n  int f(int a, int b) { return a + max a; }\n  int c = b + 1);\n}\n';
    const edit = fixOf({ languageId: 'java', broken, fixed: '', line: 2 });
    await assert.rejects(
      edit,
      (error: { data?: { kind?: string } }) => error.data?.kind === 'editImpossible',
    );
  });

  it('doesn’t choose between a bracket too many and one too few', async () => {
    const edit = fixOf({ languageId: 'python', broken: 'print((1 + 2) * 3\n', fixed: '' });
    await assert.rejects(
      edit,
      (error: { data?: { kind?: string } }) => error.data?.kind === 'editImpossible',
    );
  });

  it('doesn’t leave one of two equal errors in the line', async () => {
    const broken = '{\n  "a": {\n    @b/c": "^1.0",\n    "c": "d"\n  }\n}\n';
    const { text, result } = await fixOf({
      languageId: 'json',
      broken,
      fixed: broken.replace('@b/c"', '"@b/c"'),
      message: 'Property keys must be doublequoted',
    });
    JSON.parse(text);
    assert.equal(result.verdict.kind, 'verified');
  });

  it('doesn’t choose between two ends of a string', async () => {
    const edit = fixOf({ languageId: 'javascript', broken: "f('a, b);\n", fixed: '' });
    await assert.rejects(
      edit,
      (error: { data?: { kind?: string } }) => error.data?.kind === 'editImpossible',
    );
  });

  it('doesn’t choose between two names that are as near', async () => {
    const broken = 'def f(item, itemz):\n    return itemx\n';
    const edit = fixOf({
      languageId: 'python',
      broken,
      fixed: broken.replace('itemx', 'item'),
      message: "name 'itemx' is not defined",
    });
    await assert.rejects(
      edit,
      (error: { data?: { kind?: string } }) => error.data?.kind === 'editImpossible',
    );
  });
});
