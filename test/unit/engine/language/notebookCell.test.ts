import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  cellLanguageOf,
  earlierText,
  leadingMagics,
  withoutMagics,
} from '../../../../src/engine/language/notebookCell.js';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';
import { syntaxErrors } from '../../../../src/engine/syntax/syntaxErrors.js';

const CELL = 'vscode-notebook-cell:/a/b.ipynb#W4';

describe('a notebook’s cell', () => {
  const languages: readonly (readonly [text: string, id: string])[] = [
    ['a = 1', 'python'],
    ['%%time\na = 1', 'python'],
    ['%%some_magic\na = 1', 'python'],
    ['%%bash\nls', 'shellscript'],
    ['\n%%sh\nls', 'shellscript'],
    ['%%script node\nf();', 'javascript'],
    ['%%sql\nSELECT 1', 'sql'],
    ['%%bigquery df --project a\nSELECT 1', 'sql'],
    ['%%html\n<p>', 'html'],
    ['%%javascript\nf();', 'javascript'],
    ['%%writefile src/a.rs\nfn f() {}', 'rust'],
  ];
  for (const [text, id] of languages)
    it(`is ${id} when it begins with ${JSON.stringify(text.trim().split('\n')[0])}`, () =>
      assert.equal(cellLanguageOf(CELL, 'python', text), id));

  it('is the only document whose language its text names', () => {
    assert.equal(cellLanguageOf('file:///a/b.py', 'python', '%%bash\nls'), 'python');
    assert.equal(cellLanguageOf('file:///a/b.ipynb', 'python', '%%bash\nls'), 'shellscript');
  });

  it('follows the earlier cells in its language, without their magics', () => {
    const cells = [
      '%matplotlib inline\nimport math\n!pip install tabulate',
      '%%bash\nls',
      '%%time\nx = 1\nx?',
      '%%sql\nSELECT 1',
      '?len',
    ];
    const after = (text: string, uri = CELL): string | undefined =>
      earlierText(TextDocument.create(uri, 'python', 1, text), cells);
    assert.equal(after('y'), 'import math\n\nx = 1');
    assert.equal(after('%%sql\nSELECT '), 'SELECT 1');
    assert.equal(after('%%html\n<p>'), undefined);
  });

  it('has no syntax errors in its magics', async () => {
    const trees = new SyntaxTrees();
    const errorsIn = async (text: string): Promise<number | undefined> => {
      const id = cellLanguageOf(CELL, 'python', text);
      const code = withoutMagics(CELL, id, text);
      assert.equal(code.length, text.length);
      return (await trees.read(id, code, syntaxErrors))?.length;
    };
    assert.equal(await errorsIn('%matplotlib inline\nimport math\n!pip install --quiet tabulate\n'), 0);
    assert.equal(await errorsIn('%%time\nx = [a for a in b]\n'), 0);
    assert.equal(await errorsIn('if a:\n    !ls -l\n    files = !ls\n    t = %timeit -o f(\nlen?\n'), 0);
    assert.equal(await errorsIn('%%bash\nfor a in b; do\n  echo "$a"\ndone\n'), 0);
    assert.equal(await errorsIn('x = ("%s"\n     % a)\n'), 0);
    assert.equal(await errorsIn('%time\nx = (1\n'), 1);
  });

  it('begins with magics that a fix leaves alone', () => {
    assert.equal(leadingMagics(CELL, ['%%time', '', '%load_ext a', 'x = 1']), 3);
    assert.equal(leadingMagics(CELL, ['x = 1', '%time']), 0);
    assert.equal(leadingMagics('file:///a.py', ['%time']), 0);
  });
});
