import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatPage, OpenOptions } from './support/chatPage.js';
import { answer, question } from './support/chatPage.js';
import { SAMPLE } from './support/sampleConversation.js';
import { withBrowser } from './support/withBrowser.js';

const folder = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'out/screenshots');
const ready = { kind: 'ready', model: 'qwen2.5-coder-0.5b', device: 'CPU' } as const;
const conversation = { turns: SAMPLE, status: ready };

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

describe('the look of the chat', function () {
  this.timeout(30_000);
  const open = withBrowser();
  before(() => mkdirSync(folder, { recursive: true }));

  for (const { name, ...options } of VIEWS) {
    it(`fits its width, is legible and obeys its policy: ${name}`, async () => {
      const chat = await open(options);
      await chat.page.screenshot({ path: join(folder, `webview-${name}.png`) });
      assert.deepEqual(await tooWide(chat), []);
      // Between what WCAG asks for large and for small text: the colours are the theme's own.
      assert.deepEqual(await faintTexts(chat, options.theme?.startsWith('highContrast') ? 4.5 : 3), []);
      assert.deepEqual(chat.complaints, []);
    });
  }
});

/** Elements that stick out of the page; what scrolls by itself may be wider inside. */
function tooWide({ page }: ChatPage): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *:not(pre *, table *, .visually-hidden)')]
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
      .map(({ tagName, className }) => `${tagName}.${className}`),
  );
}

/** Texts that stand out less from what is behind them than `least`, with their contrast. */
function faintTexts({ page }: ChatPage, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('no canvas');
    /** The colour that is seen when these lie on each other, the lowest first. */
    const luminance = (colours: readonly string[]): number => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
        part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element): string[] => [
      ...(element.parentElement === null ? [] : behind(element.parentElement)),
      getComputedStyle(element).backgroundColor,
    ];
    const hasText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
    return [...document.querySelectorAll('body *:not(.visually-hidden, script)')]
      .filter((element) => hasText(element) && element.checkVisibility())
      .map((element) => {
        const ground = behind(element);
        const [text, back] = [luminance([...ground, getComputedStyle(element).color]), luminance(ground)];
        const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
        return {
          contrast,
          label: `${element.className || element.tagName} "${element.textContent.slice(0, 20)}"`,
        };
      })
      .filter(({ contrast }) => contrast < least)
      .map(({ contrast, label }) => `${label} ${contrast.toFixed(1)}`);
  }, least);
}
