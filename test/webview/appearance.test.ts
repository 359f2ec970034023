import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenOptions } from './support/chatPage.js';
import { answer, question } from './support/chatPage.js';
import { faintTexts, tooWide } from './support/appearance.js';
import { SAMPLE } from './support/sampleConversation.js';
import { withBrowser } from './support/browser.js';

const folder = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'out/screenshots');
const ready = { kind: 'ready', model: 'qwen2.5-coder-0.5b', device: 'CPU' } as const;
const conversation = { turns: SAMPLE, status: ready };

/** What could deceive, and formulas. */
const HIDDEN = {
  status: ready,
  turns: [
    question('q', 'What does this do?\u{E0069}\u{E0067}\u{E006E}', [
      { id: 'x', label: 'src/\u202Est.exe', languageId: 'python', code: "x = 'a\u200Bb'\n" },
    ]),
    answer('a', {
      text:
        'See [https://google.com](https://google.com@evil.example) and [Apple](https://\u0430pple.com/):\n\n' +
        "```js\nif (user !== 'admin\u202E\u2066// check\u2069') {\n  run();\n}\n```\n\n" +
        'With \\(n\\) points, $d = \\sum_{i=1}^{n} (a_i - b_i)^2$, or\n\n' +
        '\\[\nR = \\begin{pmatrix} \\cos t & -\\sin t \\\\ \\sin t & \\cos t \\end{pmatrix}\n\\]\n',
      state: 'done',
    }),
  ],
  draft: { text: 'And this?\u202E', revision: 1 },
} as const;

const VIEWS: readonly (OpenOptions & { readonly name: string })[] = [
  { name: 'dark', theme: 'dark', height: 1500, init: conversation },
  { name: 'light', theme: 'light', height: 1500, init: conversation },
  { name: 'high-contrast', theme: 'highContrast', height: 1500, init: conversation },
  { name: 'high-contrast-light', theme: 'highContrastLight', height: 1500, init: conversation },
  { name: '200px', width: 200, height: 1700, init: conversation },
  { name: 'zoom-200', width: 420, height: 900, zoom: 2, theme: 'light', init: conversation },
  { name: 'empty', init: { status: ready } },
  { name: 'empty-light-200px', width: 200, height: 500, theme: 'light', init: { status: ready } },
  { name: 'no-model', init: { status: { kind: 'noModel' } } },
  { name: 'no-model-high-contrast', theme: 'highContrast', init: { status: { kind: 'noModel' } } },
  { name: 'hidden-dark', theme: 'dark', init: HIDDEN },
  { name: 'hidden-light', theme: 'light', init: HIDDEN },
  { name: 'hidden-high-contrast', theme: 'highContrast', init: HIDDEN },
  { name: 'hidden-200px', width: 200, height: 1100, theme: 'light', init: HIDDEN },
  { name: 'stopped', height: 600, init: { status: { kind: 'stopped' }, turns: SAMPLE.slice(2, 4) } },
  {
    name: 'loading',
    height: 500,
    init: {
      status: { kind: 'busy', message: 'Loading qwen2.5-coder-0.5b…', progress: 0.4 },
      turns: [question('q', 'How do I reverse a string?'), answer('a')],
      attachments: [
        { id: 'x', label: 'src/a/very/long/path/of/a/module.ts:3-9', languageId: 'ts', code: 'x' },
      ],
      draft: { text: 'And then?\nWith two lines.', revision: 1 },
    },
  },
];

describe('the chat’s appearance', function () {
  this.timeout(30_000);
  const open = withBrowser();
  before(() => mkdirSync(folder, { recursive: true }));

  for (const { name, ...options } of VIEWS) {
    it(`fits its width, is legible and obeys its policy: ${name}`, async () => {
      const chat = await open(options);
      await chat.page.screenshot({ path: join(folder, `webview-${name}.png`) });
      assert.deepEqual(await tooWide(chat.page), []);
      // Between the WCAG minimums for large and for small text: the colours are the theme's.
      assert.deepEqual(await faintTexts(chat.page, options.theme?.startsWith('highContrast') ? 4.5 : 3), []);
      assert.deepEqual(chat.pageErrors, []);
    });
  }
});
