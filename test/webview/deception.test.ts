import assert from 'node:assert/strict';
import { answer, question, WAITING, type ChatPage } from './support/chatPage.js';
import { withBrowser } from './support/browser.js';

const TAGS = '\u{E0069}\u{E0067}\u{E006E}';

describe('what an answer could hide', function () {
  this.timeout(60_000);
  const open = withBrowser();
  const show = (text: string): Promise<ChatPage> =>
    open({ init: { turns: [answer('a', { text, state: 'done' })] } });

  for (const [name, text, href, shown] of [
    [
      'a title with another address',
      '[click](https://evil.example "https://google.com")',
      'https://evil.example/',
      '',
    ],
    [
      'a text with another address',
      '[https://google.com](https://evil.example)',
      'https://evil.example/',
      'evil.example',
    ],
    ['a user’s name', '[docs](https://google.com@evil.example)', 'https://evil.example/', 'evil.example'],
    [
      'an address with a user’s name',
      'See <https://google.com@evil.example> now',
      'https://evil.example/',
      'evil.example',
    ],
    [
      'a link by reference',
      '[google.com][1]\n\n[1]: https://evil.example "Google"',
      'https://evil.example/',
      'evil.example',
    ],
    ['a picture', '![google.com](https://evil.example/x.png)', 'https://evil.example/x.png', 'evil.example'],
    ['a homograph', '[Apple](https://\u0430pple.com/)', 'https://xn--pple-43d.com/', 'xn--pple-43d.com'],
    ['a homograph as an address', 'https://\u0430pple.com/', 'https://xn--pple-43d.com/', 'xn--pple-43d.com'],
  ] as const)
    it(`is shown beside its link: ${name}`, async () => {
      const chat = await show(text);
      const link = chat.page.locator('.markdown a');
      assert.equal(await link.getAttribute('title'), href);
      const targets = await chat.page.locator('.link-target').allTextContents();
      assert.deepEqual(targets, shown === '' ? [] : [` (${shown})`]);
      assert.doesNotMatch((await link.getAttribute('href')) ?? '', /google/);
      assert.doesNotMatch(await chat.page.locator('.markdown').innerText(), /\u0430pple/);
    });

  it('is shown while an answer arrives', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.stream('a', [...'[https://google.com](https://evil.example) `a\u202Eb`\n\nMore']);
    await chat.page.getByText('(evil.example)').waitFor();
    await chat.page.getByText('U+202E', { exact: true }).waitFor();
  });

  it('is marked in code, and the code itself stays as it was', async () => {
    const code = `if (user !== 'admin\u202E\u2066// check\u2069') {\n  run();${TAGS}\n}`;
    const chat = await show(`\`\`\`js\n${code}\n\`\`\`\n\nand \`x\u200By\` and text\u2060 too`);
    const marks = await chat.page.locator('.markdown .hidden-character').allTextContents();
    assert.deepEqual(marks, ['U+202E U+2066', 'U+2069', 'U+E0069 U+E0067 U+E006E', 'U+200B', 'U+2060']);
    await chat.page.getByRole('button', { name: 'Copy' }).click();
    assert.deepEqual(await chat.sent('copy'), [{ kind: 'copy', text: `${code}\n` }]);
  });

  it('is marked in questions, in attached code and its name, and in thoughts', async () => {
    const chat = await open({
      init: {
        turns: [
          question('q', `Why?${TAGS}`, [
            { id: 'x', label: 'src/\u202Est.exe', languageId: 'python', code: "x = 'a\u200Bb'\n" },
          ]),
          answer('a', { text: 'So.', thinking: 'Hm\u202E', state: 'done' }),
        ],
      },
    });
    await chat.page.locator('.question', { hasText: 'U+E0069' }).waitFor();
    await chat.page.locator('.place', { hasText: 'src/[U+202E]st.exe' }).waitFor();
    await chat.page.getByText('Show Code').click();
    await chat.page.locator('.attachment .hljs-string .hidden-character').waitFor();
    await chat.page.getByText('Thoughts').click();
    await chat.page.getByText('Hm[U+202E]').waitFor();
  });

  it('is named below the input while a question is written', async () => {
    const chat = await open();
    const note = chat.page.locator('.composer .note');
    await chat.page.locator('textarea').fill('Plain 👩\u200D💻');
    assert.equal(await note.isVisible(), false);
    await chat.page.locator('textarea').fill(`Explain${TAGS}`);
    assert.equal(await note.innerText(), 'Invisible characters in this text: U+E0069 U+E0067 U+E006E');
    await chat.page.locator('textarea').fill('');
    assert.equal(await note.isVisible(), false);
  });

  it('does not mark ordinary writing', async () => {
    const chat = await show('👩\u200D👩\u200D👧 می\u200Cخواهم ❤️ `naïve`');
    assert.equal(await chat.page.locator('.hidden-character').count(), 0);
  });
});
