import assert from 'node:assert/strict';
import { looksLikeDeclaration } from '../../../../../src/engine/edit/document/declaration.js';
import { withoutInventions, wrapText } from '../../../../../src/engine/edit/document/docComment.js';
import { naturalLanguage } from '../../../../../src/engine/edit/document/documentTask.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { EngineError } from '../../../../../src/protocol/errors.js';
import { documented } from '../support/documented.js';

describe('a doc comment', () => {
  const cases: readonly {
    name: string;
    language: string;
    code: string;
    comment: string;
    result: string;
  }[] = [
    {
      name: 'is JSDoc above a method and its decorators, with its indentation',
      language: 'typescript',
      code: 'class A {\n  @log\n  add(x: number, n = 1): void {\n    ▮f(x);\n  }\n}\n',
      comment: ' Adds a number.\n * @param x What to add.\n */\nadd(x) {}',
      result:
        'class A {\n  /**\n   * Adds a number.\n   * @param x What to add.\n   */\n  @log\n  add(x: number, n = 1): void {\n    f(x);\n  }\n}\n',
    },
    {
      name: 'replaces the existing one',
      language: 'typescript',
      code: '/**\n * Old.\n */\nfunction ▮f() {}\n',
      comment: ' New.\n */',
      result: '/**\n * New.\n */\nfunction f() {}\n',
    },
    {
      name: 'keeps a comment that isn’t documentation',
      language: 'typescript',
      code: '/* eslint-disable */\nfunction ▮f() {}\n',
      comment: ' New.\n */',
      result: '/* eslint-disable */\n/**\n * New.\n */\nfunction f() {}\n',
    },
    {
      name: 'is a docstring inside a Python function',
      language: 'python',
      code: 'def f(a,\n      b):\n    return ▮a\n',
      comment: 'Return a."""\n    return a',
      result: 'def f(a,\n      b):\n    """Return a."""\n    return a\n',
    },
    {
      name: 'is a docstring of several lines in a method',
      language: 'python',
      code: 'class A:\n    def f(self):\n        ▮return 1\n',
      comment: 'Return one.\n\n        Returns:\n            int: One.\n        """',
      result:
        'class A:\n    def f(self):\n        """Return one.\n\n        Returns:\n            int: One.\n        """\n        return 1\n',
    },
    {
      name: 'replaces the existing docstring',
      language: 'python',
      code: "def f():\n    '''Old\n    words.'''\n    ▮return 1\n",
      comment: 'New."""',
      result: 'def f():\n    """New."""\n    return 1\n',
    },
    {
      name: 'is a raw string when it has a backslash',
      language: 'python',
      code: 'def ▮f():\n    return 1\n',
      comment: 'Match \\d."""',
      result: 'def f():\n    r"""Match \\d."""\n    return 1\n',
    },
    {
      name: 'is a comment above a function on one line',
      language: 'python',
      code: 'x = 1\n▮def f(): return 1\n',
      comment: ' Returns one.\ndef f(): return 1',
      result: 'x = 1\n# Returns one.\ndef f(): return 1\n',
    },
    {
      name: 'begins with the name in Go and keeps a directive',
      language: 'go',
      code: '// old\n//go:noinline\nfunc (a *A) Sum(x int) int {\n\treturn ▮x\n}\n',
      comment: ' returns x.\nfunc',
      result: '// old\n//go:noinline\n// Sum returns x.\nfunc (a *A) Sum(x int) int {\n\treturn x\n}\n',
    },
    {
      name: 'is above the attributes in Rust',
      language: 'rust',
      code: '#[derive(Debug)]\npub struct ▮A {\n    x: u8,\n}\n',
      comment: ' An A.\n```',
      result: '/// An A.\n#[derive(Debug)]\npub struct A {\n    x: u8,\n}\n',
    },
    {
      name: 'is XML in C#',
      language: 'csharp',
      code: 'class A\n{\n    int F(int x)\n    {\n        return ▮x;\n    }\n}\n',
      comment: ' Returns x.\n/// </summary>\nint F',
      result:
        'class A\n{\n    /// <summary>\n    /// Returns x.\n    /// </summary>\n    int F(int x)\n    {\n        return x;\n    }\n}\n',
    },
    {
      name: 'keeps CRLF',
      language: 'javascript',
      code: 'a();\r\nfunction ▮f() {}\r\n',
      comment: ' Does it.\n */',
      result: 'a();\r\n/**\r\n * Does it.\r\n */\r\nfunction f() {}\r\n',
    },
    {
      name: 'can’t be ended or nested by its own text',
      language: 'kotlin',
      code: 'fun ▮f() = 1\n',
      comment: ' Matches /* comments.\n */',
      result: '/**\n * Matches / * comments.\n */\nfun f() = 1\n',
    },
    {
      name: 'is one line in a style sheet',
      language: 'css',
      code: '.a {\n  ▮color: red;\n}\n',
      comment: '\nRed.\n*/',
      result: '/* Red. */\n.a {\n  color: red;\n}\n',
    },
  ];
  for (const { name, language, code, comment, result } of cases)
    it(name, async () => {
      assert.equal(await documented(language, code, comment), result);
      assert.equal(
        await documented(language, code, comment, new SyntaxTrees()),
        result,
        'with a syntax tree',
      );
    });

  it('is not written without a declaration', async () => {
    await assert.rejects(documented('typescript', '▮f(1);\n', ' x */'), /editImpossible/);
    await assert.rejects(documented('typescript', '▮f(1);\n', ' x */', new SyntaxTrees()), /editImpossible/);
  });

  it('is English unless the document is in another language', () => {
    assert.equal(naturalLanguage('// hello'), 'English');
    assert.equal(naturalLanguage('// 计算总和'), 'Chinese');
    assert.equal(naturalLanguage('// 合計を計算する'), 'Japanese');
  });

  it('is not written where it isn’t known how, which the error says', async () => {
    for (const id of ['some-new-language', 'json', 'csv', 'plaintext'])
      await assert.rejects(documented(id, '▮function f() {}\n', ' x'), (error: unknown) => {
        assert.ok(error instanceof EngineError);
        assert.deepEqual(error.data, { kind: 'editImpossible', reason: 'noComments' });
        return true;
      });
  });
});

describe('the check of a comment against its declaration', () => {
  const without = (text: string, head: string): string =>
    withoutInventions(text.split('\n'), head).join('\n');

  it('removes parameters that the declaration doesn’t have', () =>
    assert.equal(
      without('Adds.\n@param a One.\n@param z Two.', 'function add(a, b)'),
      'Adds.\n@param a One.',
    ));

  it('removes the return value of a function that returns nothing', () => {
    assert.equal(without('Adds.\n@returns The list.', 'add(x: number): void {'), 'Adds.');
    assert.equal(
      without('Adds.\n@returns The list.', 'add(x: number): number[] {'),
      'Adds.\n@returns The list.',
    );
  });

  it('removes examples', () =>
    assert.equal(
      without(
        'Adds.\n\n# Examples\n\n```\nadd(1, 2) == 4\n```\n\n# Returns\n\nThe sum.',
        'fn add(a: u8) -> u8',
      ),
      'Adds.\n\n# Returns\n\nThe sum.',
    ));
});

describe('a declaration', () => {
  const yes = [
    'export async function f(',
    'def f(self):',
    'public static int max(int[] values) {',
    'int sum(const int *values, int count)',
    'add(item: Item, count = 1): void {',
    'const f = (x) => {',
    'pub(crate) fn new() -> Self {',
    'func (s *Stack[T]) Push(x T) {',
    'class A(B):',
    'fun String.initials(): String =',
    'type A = string;',
    'CREATE TABLE orders (',
    'backup() {',
    'std::string join(const std::vector<std::string>& parts) {',
  ];
  const no = [
    'if (a) {',
    'return f(x);',
    'f(x);',
    'print(x)',
    "describe('a', () => {",
    'items.forEach((x) => {',
    '} else {',
    'x = f(1)',
    '// function f()',
    'await f(x)',
    'split(" ").map { it.first() }',
    'for (int i = 0; i < n; i++)',
    '',
  ];
  for (const line of yes) it(`is: ${line}`, () => assert.ok(looksLikeDeclaration(line)));
  for (const line of no) it(`is not: ${line}`, () => assert.ok(!looksLikeDeclaration(line)));
});

describe('long lines of a comment', () => {
  it('are wrapped between words, with the indentation of their list item', () =>
    assert.deepEqual(wrapText(['- one two three', 'short'], 10), ['- one two', '  three', 'short']));

  it('are kept in code and tables', () => {
    const lines = ['```', 'one two three', '```', '| one | two |'];
    assert.deepEqual(wrapText(lines, 8), lines);
  });
});
