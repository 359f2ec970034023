import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { faintTexts, tooWide } from './support/appearance.js';
import { SAMPLE } from './support/sampleConversation.js';
import type { Reply } from './support/scriptedReply.js';
import type { WebUi, WebUiOptions } from './support/webUi.js';
import { withWebUi } from './support/browser.js';

const folder = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'out/screenshots');
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const NARROW = { ...PHONE, viewport: { width: 360, height: 640 } };

const ANSWERS: readonly Reply[] = SAMPLE.flatMap((turn) =>
  turn.role === 'assistant' ? [{ steps: [{ thinking: turn.thinking }, { text: turn.text }] }] : [],
).toReversed();

type Scene = (ui: WebUi) => Promise<void>;

const talk: Scene = async (ui) => {
  await ui.askAndWait('怎样反转一个字符串？');
  await ui.askAndWait('How do I read this file only once?');
};
const talkTwice: Scene = async (ui) => {
  await ui.askAndWait('How do I reverse a list in Python without changing it, and is there a lazy way?');
  await ui.button('New Chat').click();
  await talk(ui);
};
/** Nothing can be stored. */
const unsaved: Scene = async (ui) => {
  await ui.page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await ui.askAndWait('怎样反转一个字符串？');
  await ui.page.locator('.toast .button').first().waitFor();
};
const nothing: Scene = async () => Promise.resolve();

const VIEWS: readonly (WebUiOptions & { readonly name: string; readonly scene: Scene })[] = [
  { name: 'light', ...DESKTOP, scene: talkTwice },
  { name: 'dark', ...DESKTOP, colorScheme: 'dark', scene: talkTwice },
  { name: 'high-contrast', ...DESKTOP, colorScheme: 'dark', contrast: 'more', scene: talkTwice },
  { name: 'high-contrast-light', ...DESKTOP, contrast: 'more', scene: talkTwice },
  { name: 'forced-colors', ...DESKTOP, forcedColors: 'active', scene: talkTwice },
  { name: 'chinese', ...DESKTOP, locale: 'zh-CN', scene: talk },
  { name: 'phone', ...PHONE, scene: talk },
  { name: 'phone-dark', ...NARROW, colorScheme: 'dark', scene: talk },
  { name: 'unsaved', ...DESKTOP, scene: unsaved },
  { name: 'unsaved-dark', ...DESKTOP, colorScheme: 'dark', scene: unsaved },
  { name: 'unsaved-high-contrast', ...DESKTOP, colorScheme: 'dark', contrast: 'more', scene: unsaved },
  { name: 'phone-unsaved-chinese', ...NARROW, locale: 'zh-CN', scene: unsaved },
  { name: 'empty', ...DESKTOP, scene: nothing },
  { name: 'phone-empty', ...PHONE, scene: nothing },
  {
    name: 'phone-history',
    ...NARROW,
    scene: async (ui) => {
      await talkTwice(ui);
      await ui.button('Show Chats').click();
    },
  },
  { name: 'settings', ...DESKTOP, scene: async (ui) => ui.button('Settings').click() },
  {
    name: 'settings-dark',
    ...DESKTOP,
    colorScheme: 'dark',
    scene: async (ui) => ui.button('Settings').click(),
  },
  {
    name: 'phone-settings-chinese',
    ...NARROW,
    locale: 'zh-CN',
    scene: async (ui) => {
      await ui.button('设置').click();
      await ui.page.getByLabel('温度').fill('3');
    },
  },
];

describe('the browser page’s appearance', function () {
  this.timeout(60_000);
  const { open, server } = withWebUi();
  before(() => mkdirSync(folder, { recursive: true }));

  const check = async (ui: WebUi, name: string): Promise<void> => {
    await ui.page.screenshot({ path: join(folder, `browser-${name}.png`) });
    assert.deepEqual(await tooWide(ui.page), []);
    // Forced colours are the browser's choice.
    if (name !== 'forced-colors') assert.deepEqual(await faintTexts(ui.page, 4.5), []);
    assert.deepEqual(ui.pageErrors, []);
  };

  for (const { name, scene, ...options } of VIEWS) {
    it(`fits its width, is legible and obeys its policy: ${name}`, async () => {
      server().replies = ANSWERS;
      const ui = await open(options);
      await ui.page.locator('[data-status=ready]').waitFor();
      await scene(ui);
      await check(ui, name);
    });
  }

  it('fits its width, is legible and obeys its policy: with an error and a deleted chat', async () => {
    server().replies = [{ status: 503, error: 'The server is busy.', headers: { 'retry-after': '5' } }];
    const ui = await open({ colorScheme: 'dark' });
    await ui.askAndWait('To be deleted');
    await ui.button('New Chat').click();
    await ui.askAndWait('How do I undo my last Git commit?');
    await ui.button('Delete “To be deleted”').click();
    await ui.button('Undo').waitFor();
    await check(ui, 'error');
  });

  for (const [name, health] of [
    ['no-model', { status: 'no_model', models: [] }],
    ['loading', { status: 'loading', models: [] }],
    ['failed', { status: 'failed', message: 'The file tiny.gguf is cut short.' }],
  ] as const) {
    it(`fits its width, is legible and obeys its policy: ${name}`, async () => {
      server().health = health;
      const ui = await open();
      await ui.page.locator('.notice:not([hidden])').waitFor();
      await check(ui, name);
    });
  }

  it('fits its width, is legible and obeys its policy: asking for a key', async () => {
    server().apiKey = 'secret';
    const ui = await open();
    await ui.ask('How?');
    await ui.page.getByLabel('API key').first().waitFor();
    await check(ui, 'key');
  });

  it('follows the system’s colour scheme and contrast, unless a theme is chosen', async () => {
    const ui = await open();
    const hasBackground = async (colour: string): Promise<void> => {
      await ui.page.waitForFunction((it) => getComputedStyle(document.body).backgroundColor === it, colour);
    };
    await hasBackground('rgb(255, 255, 255)');
    await ui.page.emulateMedia({ colorScheme: 'dark' });
    await hasBackground('rgb(25, 26, 27)');
    await ui.page.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
    await hasBackground('rgb(0, 0, 0)');
    await ui.page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference' });
    await ui.button('Settings').click();
    await ui.page.getByLabel('Appearance').selectOption('dark');
    await hasBackground('rgb(25, 26, 27)');
    await ui.page.reload();
    await ui.input.waitFor();
    await hasBackground('rgb(25, 26, 27)');
  });
});
