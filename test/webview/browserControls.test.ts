import assert from 'node:assert/strict';
import { focusStops } from './support/focusStops.js';
import type { WebUi } from './support/webUi.js';
import { withWebUi } from './support/browser.js';

const PHONE = { viewport: { width: 360, height: 640 } };

describe('the browser page’s controls', function () {
  this.timeout(60_000);
  const { open } = withWebUi();

  it('are reachable by keyboard, each with a name and a visible focus', async () => {
    const ui = await open();
    await ui.askAndWait('How?');
    // As on a freshly opened page.
    await ui.page.reload();
    await ui.titles.waitFor();
    await ui.page.getByRole('heading', { name: 'Chats' }).click();
    const names = await stops(ui);
    for (const name of [
      'New Chat',
      'Delete “How?”',
      'Export All as JSON',
      'Delete All',
      'Hide Chats',
      'Settings',
    ])
      assert.ok(names.includes(name), `${name} is among ${names.join()}`);
    assert.equal(names.at(-1), 'Your question');
  });

  it('trap the focus in the settings dialog, and restore it', async () => {
    const ui = await open();
    await ui.button('Settings').press('Enter');
    const names = await stops(ui);
    assert.deepEqual(names, [
      'System prompt',
      'Temperature',
      'Maximum answer length, in tokens',
      'Thinking',
      'Appearance',
      'Language',
      'API key',
      'Reset to Defaults',
    ]);
    await ui.page.keyboard.press('Escape');
    assert.equal(await focused(ui), 'Settings');
    await ui.button('Settings').press('Enter');
    const dialog = ui.page.getByRole('dialog', { name: 'Settings' });
    // The focus could get lost when text is selected.
    await ui.page.getByLabel('System prompt').hover();
    await ui.page.mouse.down();
    await ui.page.mouse.move(20, 300);
    await ui.page.mouse.up();
    assert.equal(await dialog.isVisible(), true);
    await ui.page.mouse.click(20, 300);
    assert.equal(await dialog.isVisible(), false);
  });

  it('hide the list, also after a reload', async () => {
    const ui = await open();
    await ui.button('Hide Chats').click();
    assert.equal(await ui.page.getByRole('navigation').isVisible(), false);
    await ui.page.reload();
    await ui.input.waitFor();
    assert.equal(await ui.page.getByRole('navigation').isVisible(), false);
    assert.equal(await ui.button('Show Chats').getAttribute('aria-expanded'), 'false');
    await ui.button('Show Chats').click();
    assert.equal(await ui.page.getByRole('navigation').isVisible(), true);
  });

  it('open the list over the chat on a phone, and close it with Escape, a tap outside, or a choice', async () => {
    const ui = await open(PHONE);
    await ui.askAndWait('One?');
    const list = ui.page.getByRole('navigation');
    const show = ui.button('Show Chats');
    assert.equal(await list.isVisible(), false);
    await show.click();
    assert.equal(await focused(ui), 'Hide Chats');
    assert.equal(await ui.page.locator('.column').evaluate((it) => (it as HTMLElement).inert), true);
    await ui.page.keyboard.press('Escape');
    assert.equal(await list.isVisible(), false);
    assert.equal(await focused(ui), 'Show Chats');
    await show.click();
    await ui.page.mouse.click(350, 300);
    assert.equal(await list.isVisible(), false);
    await show.click();
    await list.getByRole('button', { name: 'New Chat' }).click();
    assert.equal(await list.isVisible(), false);
    await ui.page.setViewportSize({ width: 1000, height: 700 });
    await list.waitFor();
    assert.equal(await ui.page.locator('.column').evaluate((it) => (it as HTMLElement).inert), false);
  });

  it('keep the focus in the list when a chat is deleted', async () => {
    const ui = await open();
    for (const question of ['One?', 'Two?', 'Three?']) {
      await ui.button('New Chat').click();
      await ui.askAndWait(question);
    }
    await ui.button('Delete “Two?”').press('Enter');
    await ui.page.locator('.toast').getByText('The chat was deleted.').waitFor();
    assert.equal(await focused(ui), 'Delete “One?”');
  });

  it('stop an answer with Escape, and send with Enter', async () => {
    const ui = await open();
    await ui.input.fill('one');
    await ui.input.press('Shift+Enter');
    await ui.input.pressSequentially('two');
    await ui.input.press('Enter');
    await ui.answer.getByText('Like this.').waitFor();
    assert.equal(await ui.page.locator('.question').innerText(), 'one\ntwo');
  });

  it('have headings and landmarks for screen readers', async () => {
    const ui = await open();
    await ui.askAndWait('How?');
    assert.equal(await ui.page.getByRole('heading', { level: 1 }).textContent(), 'How?');
    for (const role of ['main', 'navigation', 'banner'] as const)
      assert.equal(await ui.page.getByRole(role).count(), 1, role);
  });
});

/** The names of the Tab stops; asserts that each has a visible focus. */
async function stops(ui: WebUi): Promise<readonly string[]> {
  const all = await focusStops(ui.page);
  for (const { name, tag, isVisible } of all) {
    assert.ok(isVisible, `${tag} ${name} shows its focus`);
    if (tag !== 'div' && tag !== 'pre') assert.notEqual(name, '', tag);
  }
  return all.map(({ name }) => name);
}

function focused({ page }: WebUi): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
}
