import assert from 'node:assert/strict';
import { ShapeCheck } from '../../../../../src/engine/edit/check/shapeCheck.js';
import { magicsIn } from '../../../../../src/engine/language/notebookCell.js';
import type { EditDoubt } from '../../../../../src/protocol/editVerdict.js';

/** What the text alone says against a new version. */
async function doubtOn(
  oldText: string,
  newText: string,
  { languageId = 'typescript', isFinished = true, messages = [] as string[] } = {},
): Promise<EditDoubt | undefined> {
  const span = { start: 0, end: oldText.split('\n').length };
  const check = new ShapeCheck({ languageId, messages, text: oldText });
  const comparison = await check.compare({ span, oldText, newText, document: newText, isFinished });
  return comparison?.objection?.reason;
}

describe('the check of a fix’s text', () => {
  it('has nothing against a closed bracket', async () =>
    assert.equal(await doubtOn('f(a;', 'f(a);'), undefined));

  it('rejects an answer that was cut off', async () =>
    assert.equal(await doubtOn('f(a);', 'f(b);', { isFinished: false }), 'unfinished'));

  it('rejects brackets that don’t match, unless they didn’t before', async () => {
    assert.equal(await doubtOn('f(a);', 'f((a);'), 'unbalanced');
    assert.equal(await doubtOn('if (a) {\n  f();', 'if (b) {\n  f();'), undefined);
  });

  it('rejects a text without its end', async () => {
    const old = 'class Counter:\n    def up(self, by):\n        total += by\n        return total';
    assert.equal(await doubtOn(old, 'class Counter:', { languageId: 'python' }), 'shorter');
    assert.equal(
      await doubtOn(old, old.slice(0, old.lastIndexOf('\n')), { languageId: 'python' }),
      'shorter',
    );
  });

  it('rejects a text that has lost much of the code', async () => {
    const old = Array.from({ length: 12 }, (_, i) => `const value${i} = compute(${i});`).join('\n');
    assert.equal(await doubtOn(old, old.slice(0, 200)), 'shorter');
  });

  it('lets a short region lose a line', async () =>
    assert.equal(await doubtOn('let unused = compute();\nlet x = 1;', 'let x = 1;'), undefined));

  it('rejects one that changes only comments', async () => {
    assert.equal(await doubtOn('let a = b;', '// a is b\nlet a = b; // fixed'), 'commentOnly');
    assert.equal(await doubtOn('a = b', 'a = b  # noqa', { languageId: 'python' }), 'commentOnly');
    assert.equal(await doubtOn('a = "b"', 'a = "b # c"', { languageId: 'python' }), undefined);
  });

  it('rejects code that has left its block, unless its indentation is the problem', async () => {
    const [old, moved] = ['    def f(self):\n        return 1', 'def f(self):\n    return 1'];
    assert.equal(await doubtOn(old, moved, { languageId: 'python' }), 'indentation');
    const messages = ['IndentationError: unexpected indent'];
    assert.equal(await doubtOn(old, moved, { languageId: 'python', messages }), undefined);
  });

  it('rejects other lines for the notebook, wherever they are in the cell', async () => {
    const uri = 'vscode-notebook-cell:/a.ipynb#1';
    const text = 'import math\n%matplotlib inline\n!pip install numpy\nprnt(math.pi)';
    const check = new ShapeCheck({ languageId: 'python', messages: [], text }, false, (each) =>
      magicsIn(uri, 'python', each),
    );
    const doubt = async (newText: string): Promise<EditDoubt | undefined> => {
      const proposal = { span: { start: 0, end: 4 }, oldText: text, newText, document: newText };
      return (await check.compare({ ...proposal, isFinished: true }))?.objection?.reason;
    };
    assert.equal(await doubt(text.replace('prnt', 'print')), undefined);
    assert.equal(await doubt(text.replace('%matplotlib inline', '').replace('prnt', 'print')), 'magic');
    assert.equal(await doubt(text.replace('!pip', 'pip').replace('prnt', 'print')), 'magic');
    assert.equal(await doubt(`${text.replace('prnt', 'print')}\n%time print()`), 'magic');
  });

  it('rejects changed fences in a text with code blocks', async () =>
    assert.equal(
      await doubtOn('```js\nf(\n```', '```js\nf()\n```\n```', { languageId: 'markdown' }),
      'unbalanced',
    ));
});
