import assert from 'node:assert/strict';
import { languageOf } from '../../../../../src/engine/language/languageOf.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { documented, documentedAt } from '../support/documented.js';

describe('the place of a doc comment', () => {
  /** The document with `«»` where the comment goes. The model continues it with one line. */
  const cases: readonly (readonly [name: string, language: string, code: string])[] = [
    [
      'is in the body after a head over several lines, with brackets in its comments',
      'python',
      'def scale(\n    value,  # the old one :(\n    factor=2,\n):▮\n«    »    return value\n',
    ],
    [
      'is in the body after brackets in strings',
      'python',
      'def split(text, by="):", quote="("):▮\n«    »    return text\n',
    ],
    [
      'is in the body below a decorator over several lines',
      'python',
      '@cache(\n    maxsize=128,\n)\n@other\ndef ▮square(value):\n«    »    return value\n',
    ],
    [
      'is in the body when the cursor is in the decorator',
      'python',
      '@cache(\n    max▮size=128,\n)\ndef square(value):\n«    »    return value\n',
    ],
    [
      'is in the body of a decorated inner function',
      'python',
      'def logged(f):\n    @wraps(f)\n    def ▮wrapper(*args):\n«        »        return f(*args)\n\n    return wrapper\n',
    ],
    ['is in the body of a class', 'python', '@dataclass\nclass ▮A(B):\n«    »    x: int = 0\n'],
    [
      'is in the body after the head’s own comment',
      'python',
      'async def f(a: int) -> dict[str, int]:  # why: so\n«    »    return ▮{}\n',
    ],
    [
      'is above a stub and its decorators',
      'python',
      'class Bus:\n«    #»    @overload\n    def ▮publish(self, topic: str) -> None: ...\n',
    ],
    [
      'is above a decorator over several lines',
      'typescript',
      "«/**»@Component({\n  selector: 'app-card',\n})\nexport class ▮Card {\n  title = '';\n}\n",
    ],
    [
      'is above a member’s decorators, with the cursor in one',
      'typescript',
      'class A {\n«  /**»  @Input({\n    ▮alias: "b",\n  })\n  @log\n  run(\n    a: string, // :(\n  ): void {\n    f();\n  }\n}\n',
    ],
    [
      'is above one of several overloads',
      'typescript',
      'function f(a: string): void;\n«/**»function ▮f(a: number): void;\nfunction f(a: unknown): void {}\n',
    ],
    [
      'is above an annotation over several lines',
      'java',
      'class A {\n«    /**»    @Query(\n        value = "a",\n        nativeQuery = true)\n    public List<A> ▮all() {\n        return null;\n    }\n}\n',
    ],
    [
      'is above an attribute over several lines',
      'rust',
      '«///»#[cfg(\n    feature = "a",\n)]\n#[inline]\npub fn ▮f<T>(a: T) -> T\nwhere\n    T: Copy,\n{\n    a\n}\n',
    ],
    ['is above a template', 'cpp', '«/**»template <\n    typename T>\nT ▮max(T a, T b) {\n  return a;\n}\n'],
    ['is above one field', 'go', 'type A struct {\n«\t//»\tName▮ string\n}\n'],
    [
      'is above an attribute over several lines, without a grammar',
      'csharp',
      'public class A\n{\n«    ///»    [Obsolete(\n        "Use B :(",\n        false)]\n    [Test]\n    public void ▮Paint(int layer)\n    {\n        Draw(layer);\n    }\n}\n',
    ],
    [
      'is above annotations over several lines, without a grammar',
      'kotlin',
      '«/**»@Table(\n    name = "a",\n)\n@Entity data class ▮A(val id: Int)\n',
    ],
    [
      'is above attributes of PHP',
      'php',
      '<?php\n«/**»#[Route(\n    "/a",\n)]\nfunction ▮f(): int {\n    return 1;\n}\n',
    ],
  ];
  for (const [name, language, code] of cases)
    it(name, async () => {
      const [before = '', mark = '', after = ''] = code.split(/[«»]/);
      const answer =
        mark.trim() === '' ? 'Words."""' : mark.trim() === '/**' ? ' Words.\n */' : ' Words.\ncode';
      const result = await documented(language, before + after, answer, new SyntaxTrees());
      const lines = result.split('\n');
      const at = before.replace('▮', '').split('\n').length - 1;
      const wanted = mark.trim() === '' ? `${mark}"""Words."""` : mark;
      assert.ok(lines[at]?.startsWith(wanted), result);
      const kept = (before + after).replace('▮', '').split('\n');
      assert.deepEqual(
        [...lines.slice(0, at), ...lines.slice(at - kept.length)].join('\n'),
        kept.join('\n'),
        result,
      );
    });

  it('is at the symbol that the editor names, whether that begins at the decorator or at the keyword', async () => {
    const text =
      '@cache(\n    maxsize=1,\n)\ndef f(\n    a,  # :(\n):\n    def g():\n        pass\n    return a\n';
    const wanted = text.replace('):\n    def', '):\n    """Words."""\n    def');
    for (const line of [0, 3]) {
      const start = { line, character: 0 };
      const symbol = { start, end: { line: 8, character: 12 } };
      assert.equal(
        await documentedAt('python', text, { start, end: start }, 'Words."""', { symbol }),
        wanted,
      );
    }
    const card = '@Component({\n  a: 1,\n})\nexport class A {\n  b = 1;\n}\n';
    const start = { line: 1, character: 2 };
    const symbol = { start: { line: 0, character: 0 }, end: { line: 5, character: 1 } };
    assert.equal(
      await documentedAt('typescript', card, { start, end: start }, ' Words.\n */', { symbol }),
      `/**\n * Words.\n */\n${card}`,
    );
  });

  it('is at the first declaration of a selection', async () => {
    const text = 'import a from "a";\n\nexport const b = 1;\n\nfunction c() {}\n';
    const selection = { start: { line: 1, character: 0 }, end: { line: 4, character: 15 } };
    assert.equal(
      await documentedAt('typescript', text, selection, ' Words.\n */', { isSelection: true }),
      text.replace('export', '/**\n * Words.\n */\nexport'),
    );
  });

  it('replaces a docstring in single quotes', async () =>
    assert.equal(
      await documented('python', "def ▮f():\n    'Old.'\n    return 1\n", 'New."""', new SyntaxTrees()),
      'def f():\n    """New."""\n    return 1\n',
    ));
});

describe('a doc comment in a language of its own kind', () => {
  const cases: readonly (readonly [language: string, code: string, answer: string, comment: string])[] = [
    ['nim', 'proc area(w: float): float =\n  w', ' Words.\nproc', '# Words.'],
    ['ocaml', 'let area w h =\n  w *. h', '\nWords.\n*)', '(** Words. *)'],
    ['vim', 'function! Area(w, h)\n  return 1\nendfunction', ' Words.\nfunction', '" Words.'],
    ['cmake', 'function(add_tool name)\nendfunction()', ' Words.\nfunction', '# Words.'],
    ['fish', 'function area\n  math 1\nend', ' Words.\nfunction', '# Words.'],
    ['gdscript', 'func area(w, h):\n\treturn w', ' Words.\nfunc', '## Words.'],
    ['tcl', 'proc area {w h} {\n  return 1\n}', ' Words.\nproc', '# Words.'],
    ['fortran', 'function area(w, h) result(a)\nend function', ' Words.\nfunction', '! Words.'],
    ['elm', 'type Shape\n    = Square', '\nWords.\n-}', '{-| Words. -}'],
    ['ada', 'function Area (W : Float) return Float is\nbegin\nend Area;', ' Words.\nf', '-- Words.'],
    ['terraform', 'module "network" {\n  source = "a"\n}', ' Words.\nmodule', '# Words.'],
    ['sh', 'greet() {\n  echo a\n}', ' Words.\ngreet', '# Words.'],
    ['solidity', 'contract A {\n}', ' Words.\ncontract', '/// Words.'],
    ['haskell', 'data Shape = Square', ' Words.\ndata', '-- | Words.'],
    ['pascal', 'procedure Draw;\nbegin\nend;', ' Words.\nprocedure', '// Words.'],
    ['emacs-lisp', '(defun f ()\n  1)', ' Words.\n(defun', ';; Words.'],
  ];
  for (const [language, code, answer, comment] of cases)
    it(`is ${comment} in ${language}`, async () =>
      assert.equal(await documented(languageOf(language).id, `▮${code}\n`, answer), `${comment}\n${code}\n`));
});
