import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { withWebUi } from './support/browser.js';
import type { WebUi } from './support/webUi.js';

describe('the browser page’s storage', function () {
  this.timeout(60_000);
  const { open, server } = withWebUi();

  const toastShows = (ui: WebUi, text: string): Promise<void> =>
    ui.page.locator('.toast').getByText(text).waitFor();

  it('keeps the turns of two tabs that continue the same chat at the same time', async () => {
    const first = await open();
    await first.askAndWait('One?');
    const second = await first.openTab();
    await second.titles.getByText('One?').click();
    server().replies = [{ steps: [{ text: 'For the second' }, 'pause'] }];
    await second.ask('From the second?');
    await second.answer.getByText('For the second').waitFor();
    server().replies = [{ steps: [{ text: 'For the first' }] }];
    await first.askAndWait('From the first?');
    server().resume();
    await second.answer.and(second.page.locator('[aria-busy=false]')).waitFor();
    await second.page.locator('.question', { hasText: 'From the first?' }).waitFor();
    await second.page.reload();
    await second.page.locator('.question').nth(2).waitFor();
    const questions = await second.page.locator('.question').allTextContents();
    assert.deepEqual(questions.toSorted(), ['From the first?', 'From the second?', 'One?']);
    const answers = await second.page.locator('.turn.assistant .markdown').allInnerTexts();
    assert.deepEqual(answers.toSorted(), ['For the first', 'For the second', 'Like this.']);
  });

  it('keeps a chat that does not fit into the browser’s storage, also at New Chat, and saves it when it can', async () => {
    const ui = await open();
    await setFull(ui.page, true);
    await ui.askAndWait('Too much?');
    await toastShows(ui, 'the browser’s storage is full');
    const [file] = await Promise.all([ui.page.waitForEvent('download'), ui.button('Export').click()]);
    assert.match(await readFile(await file.path(), 'utf8'), /Too much\?[^]*Like this\./);
    await ui.button('New Chat').click();
    await toastShows(ui, 'the browser’s storage is full');
    await ui.page.getByText('Not saved').waitFor();
    await ui.titles.getByText('Too much?').click();
    await ui.answer.getByText('Like this.').waitFor();
    await setFull(ui.page, false);
    await ui.button('New Chat').click();
    await ui.page.getByText('Not saved').waitFor({ state: 'detached' });
    await ui.page.reload();
    await ui.titles.getByText('Too much?').click();
    await ui.answer.getByText('Like this.').waitFor();
  });

  it('tries again to save on request, and keeps what is not saved across a reload of the tab', async () => {
    const ui = await open();
    await setFull(ui.page, true);
    await ui.askAndWait('Kept?');
    await toastShows(ui, 'is full');
    await ui.button('Try Again').click();
    await toastShows(ui, 'is full');
    await ui.page.reload();
    await ui.answer.getByText('Like this.').waitFor();
    await ui.page.reload();
    assert.deepEqual(await ui.titles.allTextContents(), ['Kept?']);
    assert.equal(await ui.page.getByText('Not saved').count(), 0);
  });

  it('shows a chat of a newer version as such, neither opens nor changes it', async () => {
    const ui = await open();
    await ui.askAndWait('Mine?');
    const later = {
      version: '2',
      id: 'later',
      updatedAt: 5,
      turns: [
        { role: 'user', text: 'From later?' },
        { role: 'tool', text: 'x' },
      ],
    };
    await ui.page.evaluate(putEntry, later);
    await ui.page.reload();
    await ui.page.getByText('Made by a newer version').waitFor();
    assert.equal(await ui.page.locator('.toast').isVisible(), false);
    await ui.titles.getByText('From later?').click();
    await toastShows(ui, 'made by a newer version of Youtu Code');
    await ui.page.locator('.question', { hasText: 'Mine?' }).waitFor();
    await ui.askAndWait('More?');
    assert.deepEqual(await ui.page.evaluate(readEntry, 'later'), later);
    await ui.button('Delete “From later?”').click();
    await ui.button('Undo').click();
    await ui.page.getByText('Made by a newer version').waitFor();
    assert.deepEqual(await ui.page.evaluate(readEntry, 'later'), later);
  });

  it('lets a newer page upgrade the database, says so, and loses nothing of the chat that is open', async () => {
    const ui = await open();
    await ui.askAndWait('Stored?');
    // As the page of a later version would in another tab; it is not blocked by this one.
    await ui.page.evaluate(upgrade);
    // It is shown for some seconds, which an answer may take on a busy machine.
    await Promise.all([
      toastShows(ui, 'A newer version of this page has stored the chats.'),
      ui.askAndWait('Asked afterwards?'),
    ]);
    await ui.page.reload();
    await toastShows(ui, 'A newer version of this page has stored the chats.');
    await ui.page.locator('.question', { hasText: 'Asked afterwards?' }).waitFor();
    await ui.askAndWait('And now?');
    assert.equal(server().requests.at(-1)?.messages.length, 5);
    assert.deepEqual(ui.pageErrors, []);
  });

  it('starts while another tab blocks the database, says so, and saves once that tab is closed', async () => {
    const first = await open();
    const other = await first.openTab();
    await other.page.evaluate(block);
    const second = await first.openTab();
    await toastShows(second, 'Another tab keeps the saved chats locked.');
    await second.askAndWait('Meanwhile?');
    await second.page.getByText('Not saved').waitFor();
    await other.page.close();
    await second.button('Try Again').click();
    await second.page.getByText('Not saved').waitFor({ state: 'detached' });
    await second.page.reload();
    await second.answer.getByText('Like this.').waitFor();
  });
});

/** Makes writing fail as with a full disk, or work again. */
async function setFull(page: Page, isFull: boolean): Promise<void> {
  await page.evaluate((isFull) => {
    const kept = window as unknown as { realPut?: PropertyDescriptor };
    kept.realPut ??= Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put') ?? {};
    const full = {
      ...kept.realPut,
      value: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    Object.defineProperty(IDBObjectStore.prototype, 'put', isFull ? full : kept.realPut);
  }, isFull);
}

/** Stores an entry. Runs in the page, as the following ones. */
async function putEntry(value: { readonly id: string }): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('youtu-code');
    request.addEventListener('success', () => resolve(request.result));
  });
  await new Promise((resolve) => {
    const transaction = database.transaction('conversations', 'readwrite');
    transaction.objectStore('conversations').put(value, value.id);
    transaction.addEventListener('complete', resolve);
  });
  database.close();
}

async function readEntry(id: string): Promise<unknown> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('youtu-code');
    request.addEventListener('success', () => resolve(request.result));
  });
  const value = await new Promise<unknown>((resolve) => {
    const request = database.transaction('conversations').objectStore('conversations').get(id);
    request.addEventListener('success', () => resolve(request.result));
  });
  database.close();
  return value;
}

async function upgrade(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('youtu-code', 2);
    request.addEventListener('blocked', () => reject(new Error('blocked')));
    request.addEventListener('success', () => resolve(request.result));
  });
  database.close();
}

/** Holds a connection that ignores an upgrade, and asks for one: others wait for it. */
async function block(): Promise<void> {
  const held = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('youtu-code');
    request.addEventListener('success', () => resolve(request.result));
  });
  Object.assign(window, { held });
  await new Promise((resolve) => {
    const request = indexedDB.open('youtu-code', 2);
    request.addEventListener('blocked', resolve);
  });
}
