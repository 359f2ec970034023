import assert from 'node:assert/strict';
import { answer, WAITING, type ChatPage } from './support/chatPage.js';
import { withBrowser } from './support/browser.js';

const FORMULAS = `The distance of the points \\(a\\) and \\(b\\) is

\\[
d = \\sqrt{(x_a - x_b)^2 + (y_a - y_b)^2}
\\]

or, for \\(n\\) dimensions, $d = \\sqrt{\\sum_{i=1}^{n} (a_i - b_i)^2}$. As a matrix:

$$
R = \\begin{pmatrix} \\cos t & -\\sin t \\\\ \\sin t & \\cos t \\end{pmatrix}
$$

A price of $5 and one of $7 are no formula. \`\\(x\\)\` is code.
`;

const README = `Here it is:

\`\`\`markdown
# Tool

\`\`\`bash
npm install
\`\`\`

Some *text*.

\`\`\`js
run();
\`\`\`
\`\`\`

Then commit it.
`;

describe('Markdown of an answer', function () {
  this.timeout(60_000);
  const open = withBrowser();
  const show = (text: string): Promise<ChatPage> =>
    open({ init: { turns: [answer('a', { text, state: 'done' })] } });
  const shownText = async (text: string): Promise<string> =>
    (await (await show(text)).page.locator('.markdown').innerText()).trim();

  it('keeps formulas as they were written', async () => {
    const chat = await show(FORMULAS);
    const shown = (await chat.page.locator('.block').allInnerTexts()).join('\n');
    for (const part of [
      ...['\\(a\\)', '\\(b\\)', '\\[', '\\]', '\\\\ \\sin', 'x_a - x_b', 'y_a - y_b', 'a_i - b_i'],
      ...['$5 and one of $7', '$$\nR', '\\(n\\)', '\\sum_{i=1}^{n}'],
    ])
      assert.ok(shown.includes(part), `${part} is missing in: ${shown}`);
    assert.equal(await chat.page.locator('.block em').count(), 0);
    assert.equal(await chat.page.locator('.math').count(), 6);
  });

  for (const [name, text] of [
    ['lines that look like lists and headings', '\\[\na\n- b \\\\\n+ c\n= d\n===\n# e\n\\]'],
    ['an environment', '\\begin{align*}\nx_1 &= 2 \\\\\nx_2 &= *3*\n\\end{align*}'],
    ['stars within signs', 'so $a *b* c$ it is'],
    ['two signs on one line', '$$a_1 \\\\ b_2$$'],
    ['a cost function', 'It is \\(O(n \\log n)\\), i.e. $O(n_1 * n_2 * n_3)$.'],
    ['brackets in brackets', '\\(f\\left(x_1\\right) = \\{y_1\\}\\)'],
    ['an escaped sign', '$\\$5 \\times x_1_2$'],
  ] as const)
    it(`keeps formulas: ${name}`, async () => {
      const chat = await show(text);
      assert.equal((await chat.page.locator('.markdown').innerText()).trim(), text);
      assert.equal(await chat.page.locator('.markdown :is(em, ul, h1, h2)').count(), 0);
    });

  it('keeps formulas in lists and quotations', async () => {
    const shown = await shownText(
      '1. First:\n\n   \\[\n   x_1 \\\\ *y*\n   \\]\n\n> $$\n> a_1 \\\\ b\n> $$\n',
    );
    for (const part of ['\\[\nx_1 \\\\ *y*\n\\]', '$$\na_1 \\\\ b\n$$'])
      assert.ok(shown.includes(part), shown);
  });

  for (const [name, text, shown] of [
    ['prices', '$5 and *one* of $7', '$5 and one of $7'],
    ['shell variables', '`$HOME` and $PATH and *more* $HOME', '$HOME and $PATH and more $HOME'],
    ['an escaped index and a box', 'list\\[0\\] and \\[ \\] *x*', 'list[0] and [ ] x'],
    ['one sign', 'A lone \\( and *one* $', 'A lone ( and one $'],
    ['escapes', '\\*no\\* \\_x\\_', '*no* _x_'],
  ] as const)
    it(`reads as before what is no formula: ${name}`, async () => assert.equal(await shownText(text), shown));

  it('ends a read-me in three backticks at its own end', async () => {
    const chat = await show(README);
    assert.equal(await chat.page.locator('.code-block').count(), 1);
    assert.equal(
      await chat.page.locator('.code-block pre').textContent(),
      README.slice(README.indexOf('# Tool'), README.indexOf('```\n\nThen')),
    );
    assert.equal(await chat.page.locator('.block > p', { hasText: 'Then commit it.' }).count(), 1);
  });

  it('does so while the answer arrives', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.stream('a', README.match(/[^]{1,7}/g) ?? []);
    await chat.page.locator('.block > p', { hasText: 'Then commit it.' }).waitFor();
    assert.equal(await chat.page.locator('.code-block').count(), 1);
  });

  for (const [name, text, blocks] of [
    ['one without inner ones', '```md\n# A\n```\n\ntext\n\n```js\nx\n```\n', ['# A\n', 'x\n']],
    ['one in four', '````md\n```\nx\n```\n````\n\ntext\n', ['```\nx\n```\n']],
    ['one in tildes', '~~~markdown\n~~~sh\nx\n~~~\n~~~\n\ntext\n', ['~~~sh\nx\n~~~\n']],
    ['one in a list', '- a\n\n  ```markdown\n  ```sh\n  x\n  ```\n  ```\n\ntext\n', ['```sh\nx\n```\n']],
    ['one that is not closed', 'text\n\n```markdown\n```sh\nx\n```\n', ['```sh\nx\n```\n']],
    ['another language', '```python\n"""\n```js\n"""\n```\n\ntext\n', ['"""\n```js\n"""\n']],
  ] as const)
    it(`ends fences where they end: ${name}`, async () => {
      const chat = await show(text);
      assert.deepEqual(await chat.page.locator('.code-block pre').allTextContents(), blocks);
      assert.equal((await chat.page.locator('.block p', { hasText: /^(text|a)$/ }).count()) > 0, true);
    });
});
