import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isCodeKept } from '../../../../../src/engine/edit/document/codeKept.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import type { EditResult } from '../../../../../src/protocol/edit.js';
import { reasonOf } from '../support/editCases.js';
import { ScriptedEdit } from '../support/scriptedEdit.js';

const trees = new SyntaxTrees();
const { signal } = new AbortController();

interface Run {
  readonly text: string;
  readonly result: EditResult;
  readonly edit: ScriptedEdit;
}

/** Documents all symbols; the model writes `answer` for each. */
async function documentAll(
  languageId: string,
  text: string,
  answer: (time: number) => string = (time) => `Text ${time}.`,
): Promise<Run> {
  const document = TextDocument.create('file:///x', languageId, 1, text);
  const edit = new ScriptedEdit(answer, undefined, trees);
  const result = await edit.run(document, { intent: 'documentAll' });
  const { range, newText } = result;
  return { text: TextDocument.applyEdits(document, [{ range, newText }]), result, edit };
}

/** Names of the symbols that get a comment. */
async function documented(languageId: string, text: string): Promise<string[]> {
  const { edit } = await documentAll(languageId, text);
  return edit.progress.flatMap((each) => (each.kind === 'symbol' ? [each.name] : []));
}

describe('documenting all symbols', () => {
  it('writes a comment for each, as one edit, and leaves what has one', async () => {
    const before =
      'class Stack:\n    def __init__(self):\n        self.items = []\n\n    def push(self, item):\n        """Adds one."""\n        self.items.append(item)\n\n\ndef size(stack):\n    return len(stack.items)\n';
    const { text, result } = await documentAll('python', before);
    assert.equal(
      text,
      'class Stack:\n    """Text 0."""\n    def __init__(self):\n        """Text 1."""\n        self.items = []\n\n    def push(self, item):\n        """Adds one."""\n        self.items.append(item)\n\n\ndef size(stack):\n    """Text 2."""\n    return len(stack.items)\n',
    );
    assert.deepEqual(result.documented, { count: 3, left: [], moreCount: 0 });
    assert.equal(result.oldText, before.split('\n').slice(0, 10).join('\n'));
  });

  it('keeps CRLF and tabs', async () => {
    const before = 'func One() int {\r\n\treturn 1\r\n}\r\n\r\nfunc Two() int {\r\n\treturn 2\r\n}\r\n';
    const { text } = await documentAll('go', before, () => ' does it.');
    assert.equal(
      text,
      before
        .replace('func One', '// One does it.\r\nfunc One')
        .replace('func Two', '// Two does it.\r\nfunc Two'),
    );
  });

  const symbols: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'typescript',
      'export interface A { b(): void; c: number }\nexport type D = A;\nconst e = 1;\nexport const f = () => {\n  function g() {}\n  return g;\n};\nclass H {\n  i = 1;\n  j = (): void => {};\n  k(): void {}\n}\nenum L { m }\n',
      ['A', 'D', 'f', 'H', 'j', 'k', 'L'],
    ],
    [
      'javascript',
      'module.exports = function () {\n  function inner() {\n    var a = 1;\n  }\n};\n',
      ['inner'],
    ],
    [
      'go',
      'package p\n\ntype (\n\tA struct{ b int }\n\tC int\n)\n\ntype D interface {\n\tE()\n}\n\nvar f = 1\n\nfunc (d D) G() {}\n',
      ['A', 'C', 'D', 'E', 'G'],
    ],
    [
      'rust',
      'struct A { b: i32 }\nimpl A {\n    fn c(&self) {}\n}\ntrait D {\n    fn e(&self);\n}\nconst F: i32 = 1;\n',
      ['A', 'c', 'D', 'e'],
    ],
    [
      'java',
      'class A {\n    int b;\n    A() {}\n    @Override\n    public void c() {}\n    enum D { E }\n}\n',
      ['A', 'A', 'c', 'D'],
    ],
    [
      'cpp',
      'struct a;\nstruct B {\n  int c();\n  int d;\n};\nint e(struct B *b);\nstatic int f;\nint g() { int h(); return 0; }\n',
      ['B', 'c', 'e', 'g'],
    ],
    ['shellscript', '#!/bin/bash\na() {\n  b=1\n}\nc=2\n', ['a']],
    [
      'ruby',
      'class A\n  attr_reader :b\n  def c(d)\n    if d\n      e = 1\n    end\n  end\nend\n',
      ['A', 'c'],
    ],
    [
      'php',
      '<?php\nclass A {\n    public $b = 1;\n    public function c($d) {\n        $e = f($d);\n        return $e;\n    }\n}\n',
      ['A', 'c'],
    ],
    [
      'csharp',
      'public class A\n{\n    private int b;\n    public int C(int d)\n    {\n        var e = d;\n        return e;\n    }\n}\n',
      ['A', 'C'],
    ],
  ];
  for (const [language, text, names] of symbols)
    it(`finds functions and types in ${language}`, async () => {
      assert.deepEqual(await documented(language, text), names);
    });

  it('leaves what has any comment above, also a directive to a tool', async () => {
    const text =
      '// Plain words.\nfunction a() {}\n/* Other words. */\nfunction b() {}\n// eslint-disable-next-line\nfunction c() {}\n\nfunction d() {}\n';
    assert.deepEqual(await documented('javascript', text), ['d']);
  });

  it('says which symbols it has no comment for', async () => {
    const { result, text } = await documentAll(
      'python',
      'def a():\n    pass\n\n\ndef b():\n    pass\n',
      (time) => (time < 2 ? '' : 'Text.'),
    );
    assert.deepEqual(result.documented, { count: 1, left: ['a'], moreCount: 0 });
    assert.equal(text, 'def a():\n    pass\n\n\ndef b():\n    """Text."""\n    pass\n');
  });

  it('documents 60 at most, and says how many are left', async () => {
    const text = Array.from({ length: 63 }, (_, i) => `def f${i}():\n    pass\n`).join('\n\n');
    const { result } = await documentAll('python', text);
    assert.deepEqual(result.documented, { count: 60, left: [], moreCount: 3 });
  });

  it('is refused when all is documented, nothing can be, or the language has no comments', async () => {
    const run = (languageId: string, text: string, answer = 'Text.'): Promise<unknown> =>
      reasonOf(documentAll(languageId, text, () => answer));
    assert.equal(await run('python', 'def a():\n    """A."""\n'), 'allDocumented');
    assert.equal(await run('python', ''), 'allDocumented');
    assert.equal(await run('css', '.a {\n  color: red;\n}\n'), 'allDocumented');
    assert.equal(await run('python', 'def a():\n    pass\n', ''), 'noChange');
    assert.equal(await run('json', '{}'), 'noComments');
  });

  it('stops between two symbols when it is cancelled', async () => {
    const controller = new AbortController();
    const document = TextDocument.create(
      'file:///x',
      'python',
      1,
      'def a():\n    pass\n\n\ndef b():\n    pass\n',
    );
    const edit = new ScriptedEdit(
      () => {
        controller.abort(new Error('stopped'));
        return 'Text.';
      },
      undefined,
      trees,
    );
    await assert.rejects(edit.run(document, { intent: 'documentAll' }, controller.signal), /stopped/);
    assert.equal(edit.prompts.length, 1);
  });

  it('keeps comments that could end themselves inside the comment', async () => {
    const before = 'export function a() {\n  return 1;\n}\n';
    const { text } = await documentAll('typescript', before, () => ' Ends */ export const evil = 1; /*\n */');
    assert.equal(text.slice(text.lastIndexOf('*/') + 3), before);
    assert.doesNotMatch(text, /\*\/ export const evil/);
  });
});

describe('the check that code is unchanged', () => {
  const kept = (languageId: string, before: string, after: string): Promise<boolean> =>
    isCodeKept({ languageId, before, after, read: (text) => text }, trees, signal);

  const cases: readonly (readonly [string, string, string, string, boolean])[] = [
    ['accepts a comment', 'javascript', 'a();\n', '/** b */\na();\n', true],
    ['rejects a statement', 'javascript', 'a();\n', 'b();\na();\n', false],
    ['rejects a lost line', 'javascript', 'a();\n// b\n', 'a();\n', false],
    ['rejects what leaves a comment', 'javascript', 'a();\n', '/* b */ c(); /*\n*/\na();\n', false],
    ['accepts a docstring', 'python', 'def f():\n    pass\n', 'def f():\n    """a"""\n    pass\n', true],
    ['rejects another string', 'python', 'def f():\n    pass\n', 'def f():\n    pass\n    """a"""\n', false],
    ['rejects a string of a module', 'python', 'a = 1\n', '"""b"""\na = 1\n', false],
    ['accepts comments in Ruby', 'ruby', 'def a\nend\n', '# b\ndef a\nend\n', true],
    ['rejects code in Ruby', 'ruby', 'def a\nend\n', 'b\ndef a\nend\n', false],
  ];
  for (const [title, language, before, after, expected] of cases)
    it(title, async () => {
      assert.equal(await kept(language, before, after), expected);
    });
});
