import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import type { WebUi } from './support/webUi.js';
import { withWebUi } from './support/browser.js';

describe('the browser page’s chat history', function () {
  this.timeout(60_000);
  const { open, server } = withWebUi();

  it('lists chats, the newest first, and opens them', async () => {
    const ui = await open();
    await ui.askAndWait('One?\nWith a second line');
    await ui.button('New Chat').click();
    assert.equal(await ui.page.locator('.turn').count(), 0);
    await ui.askAndWait('Two?');
    assert.deepEqual(await ui.titles.allTextContents(), ['Two?', 'One?']);
    await ui.page.getByText('One?', { exact: true }).click();
    await ui.page.getByText('With a second line').waitFor();
    assert.equal(await ui.page.title(), 'One? - Youtu Code');
    assert.equal(await ui.page.locator('[aria-current] .history-title').textContent(), 'One?');
    await ui.askAndWait('And then?');
    assert.equal(server().requests.at(-1)?.messages.length, 3);
    assert.deepEqual(await ui.titles.allTextContents(), ['One?', 'Two?']);
  });

  it('persists across a reload, with the draft and the open chat', async () => {
    const ui = await open();
    await ui.askAndWait('One?');
    await ui.button('New Chat').click();
    await ui.askAndWait('Two?');
    await ui.input.fill('half a quest');
    await ui.page.reload();
    await ui.page.locator('.question', { hasText: 'Two?' }).waitFor();
    assert.equal(await ui.answer.locator('.markdown').innerText(), 'Like this.');
    assert.equal(await ui.input.inputValue(), 'half a quest');
    assert.deepEqual(await ui.titles.allTextContents(), ['Two?', 'One?']);
  });

  it('keeps a partial answer when the page is closed', async () => {
    server().replies = [
      { steps: [{ text: 'The first half' }, 'pause'] },
      { steps: [{ text: 'All of it.' }] },
    ];
    const ui = await open();
    await ui.ask('How?');
    await ui.answer.getByText('The first half').waitFor();
    const isKept = async (): Promise<boolean> =>
      JSON.stringify(await keptEntries(ui.page, 'conversations')).includes('The first half');
    for (let tries = 0; !(await isKept()) && tries < 100; tries++) await ui.page.waitForTimeout(20);
    await ui.page.reload();
    await ui.answer.getByText('This answer was interrupted.').waitFor();
    assert.equal(await ui.answer.locator('.markdown').innerText(), 'The first half');
    await ui.button('Try Again').click();
    await ui.answer.getByText('All of it.').waitFor();
  });

  it('keeps text that arrived just before a reload', async () => {
    server().replies = [{ steps: ['pause', { text: 'Just now' }, 'pause'] }];
    const ui = await open();
    await ui.ask('How?');
    await ui.page.getByText('Waiting for the model…').waitFor();
    // In one task: the timer that saves cannot run between the text and the end of the page.
    await ui.page.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector('.markdown')?.textContent.includes('Just now') === true) location.reload();
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    server().resume();
    await ui.answer.getByText('This answer was interrupted.').waitFor();
    assert.equal(await ui.answer.locator('.markdown').innerText(), 'Just now');
  });

  it('deletes chats, with undo', async () => {
    const ui = await open();
    await ui.askAndWait('One?');
    await ui.button('New Chat').click();
    await ui.askAndWait('Two?');
    await ui.button('Delete “Two?”').click();
    await ui.page.locator('.toast').getByText('The chat was deleted.').waitFor();
    assert.deepEqual(await ui.titles.allTextContents(), ['One?']);
    assert.equal(await ui.page.locator('.turn').count(), 0);
    await ui.button('Undo').click();
    await ui.page.locator('.question', { hasText: 'Two?' }).waitFor();
    assert.deepEqual(await ui.titles.allTextContents(), ['Two?', 'One?']);
    await ui.button('Delete All').click();
    await ui.page.locator('.toast').getByText('Deleted chats: 2').waitFor();
    await ui.page.reload();
    await ui.page.getByText('No chats yet.').waitFor();
    assert.equal(await ui.titles.count(), 0);
  });

  it('stops the answer of a chat that is deleted', async () => {
    server().replies = [{ steps: [{ text: 'Begun' }, 'pause'] }];
    const ui = await open();
    await ui.page.clock.install();
    await ui.ask('How?');
    await ui.answer.getByText('Begun').waitFor();
    await ui.button('Delete “How?”').click();
    await ui.page.getByText('No chats yet.').waitFor();
    await server().untilStopped();
    assert.equal(server().stopped, 1);
    // The save timer doesn't restore it.
    await ui.page.clock.fastForward(10_000);
    assert.equal(await ui.titles.count(), 0);
  });

  it('sets damaged chats aside, reports them, and keeps the others', async () => {
    const ui = await open();
    await ui.askAndWait('One?');
    await ui.page.evaluate(damage);
    await ui.page.reload();
    await ui.page.locator('.toast').getByText('Chats that couldn’t be read and were set aside: 2').waitFor();
    assert.deepEqual(await ui.titles.allTextContents(), ['One?']);
    assert.equal((await keptEntries(ui.page, 'damaged')).length, 2);
    await ui.page.reload();
    await ui.titles.first().waitFor();
    assert.equal(await ui.page.locator('.toast').isVisible(), false);
  });

  it('exports one chat as Markdown, all as JSON', async () => {
    server().replies = [{ steps: [{ thinking: 'Easy.' }, { text: '```ts\nlet x;\n```' }] }];
    const ui = await open();
    await ui.askAndWait('How do I: declare?');
    const markdown = await download(ui, 'Export This Chat as Markdown');
    assert.equal(markdown.name, 'How-do-I-declare.md');
    assert.equal(
      markdown.content,
      '# How do I: declare?\n\n## You\n\nHow do I: declare?\n\n## Youtu\n\n<details>\n<summary>Thoughts</summary>\n\n' +
        'Easy.\n\n</details>\n\n```ts\nlet x;\n```\n',
    );
    const json = await download(ui, 'Export All as JSON');
    const { conversations } = JSON.parse(json.content) as {
      conversations: { turns: { text: string }[] }[];
    };
    assert.deepEqual(
      conversations.map(({ turns }) => turns.map(({ text }) => text)),
      [['How do I: declare?', '```ts\nlet x;\n```']],
    );
  });

  it('is shared by all tabs', async () => {
    const first = await open();
    await first.askAndWait('One?');
    const second = await first.openTab();
    await second.titles.getByText('One?').click();
    await second.askAndWait('And from here?');
    await first.page.locator('.question', { hasText: 'And from here?' }).waitFor();
    await second.button('Delete “One?”').click();
    await first.page.getByText('No chats yet.').waitFor();
    await second.close();
  });

  it('is kept in memory where the browser stores nothing, and the page says so', async () => {
    const ui = await open();
    await ui.page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { get: () => undefined });
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('forbidden', 'SecurityError');
          },
        });
    });
    await ui.page.reload();
    await ui.page.locator('.toast').getByText('This browser doesn’t store data for this page').waitFor();
    await ui.askAndWait('One?');
    await ui.button('New Chat').click();
    await ui.titles.getByText('One?').click();
    await ui.answer.getByText('Like this.').waitFor();
    assert.deepEqual(ui.pageErrors, []);
  });
});

async function download(ui: WebUi, button: string): Promise<{ name: string; content: string }> {
  const [file] = await Promise.all([ui.page.waitForEvent('download'), ui.button(button).click()]);
  return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'utf8') };
}

/** Writes two invalid entries to the database. Runs in the page. */
async function damage(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('youtu-code');
    request.addEventListener('success', () => resolve(request.result));
  });
  await new Promise((resolve) => {
    const transaction = database.transaction('conversations', 'readwrite');
    const chats = transaction.objectStore('conversations');
    chats.put('no chat', 'broken');
    chats.put({ id: 'half', createdAt: 1, updatedAt: 1, turns: [{ role: 'user', id: 'x' }] }, 'half');
    transaction.addEventListener('complete', resolve);
  });
  database.close();
}

/** All entries of an object store of the page's database. */
function keptEntries(page: Page, store: 'conversations' | 'damaged'): Promise<readonly unknown[]> {
  return page.evaluate(async (store) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('youtu-code');
      request.addEventListener('success', () => resolve(request.result));
    });
    const all = await new Promise<unknown[]>((resolve) => {
      const request = database.transaction(store).objectStore(store).getAll();
      request.addEventListener('success', () => resolve(request.result as unknown[]));
    });
    database.close();
    return all;
  }, store);
}
