import assert from 'node:assert/strict';
import { HEALTHY } from './support/fakeServer.js';
import { OTHER_MACHINE, withWebUi } from './support/browser.js';

describe('the browser page and its server', function () {
  this.timeout(60_000);
  const { open, server } = withWebUi();

  it('shows the model and its device', async () => {
    const ui = await open();
    await ui.page.getByText('qwen2.5-coder-0.5b · CPU').waitFor();
  });

  it('follows the server from loading to ready', async () => {
    server().health = { status: 'loading', models: [] };
    const ui = await open();
    await ui.page.getByText('Loading the model…').waitFor();
    server().health = HEALTHY;
    await ui.page.getByText('qwen2.5-coder-0.5b · CPU').waitFor();
    assert.equal(await ui.page.locator('.notice').isVisible(), false);
  });

  for (const [health, sentence] of [
    [{ status: 'no_model', models: [] }, 'youtu model get qwen2.5-coder-0.5b'],
    [{ status: 'failed', message: 'The file tiny.gguf is cut short.' }, 'The file tiny.gguf is cut short.'],
    ['something else', 'The server isn’t responding'],
  ] as const) {
    it(`explains the server’s state: ${sentence}`, async () => {
      server().health = health;
      const ui = await open();
      await ui.page.locator('.notice').getByText(sentence).waitFor();
      assert.equal(await ui.page.locator('.notice button').count(), 0);
    });
  }

  it('shows that the server is unreachable, and recovers when it is back', async () => {
    const ui = await open();
    await ui.page.route(/health|completions/, (route) => route.abort('connectionrefused'));
    await ui.ask('How?');
    await ui.page.getByRole('heading', { name: 'The server isn’t responding' }).waitFor();
    await ui.page.unroute(/health|completions/);
    await ui.page.locator('.notice').waitFor({ state: 'hidden' });
    await ui.button('Try Again').click();
    await ui.answer.getByText('Like this.').waitFor();
  });

  it('asks for the required API key, and then answers', async () => {
    server().apiKey = 'secret';
    const ui = await open();
    await ui.ask('How?');
    const key = ui.page.getByRole('dialog', { name: 'API key' }).getByLabel('API key');
    await key.fill('wrong');
    await key.press('Enter');
    await ui.answer.getByText('The server requires an API key.').waitFor();
    await key.fill('secret');
    await ui.button('Use Key').click();
    await ui.answer.getByText('Like this.').waitFor();
    await ui.page.reload();
    await ui.askAndWait('And again?');
    await ui.answer.getByText('Like this.').waitFor();
    const kept = await ui.page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.equal(kept.includes('secret'), false);
  });

  it('reopens the key dialog with a button', async () => {
    server().apiKey = 'secret';
    const ui = await open();
    await ui.ask('How?');
    await ui.page.getByRole('dialog', { name: 'API key' }).waitFor();
    await ui.page.keyboard.press('Escape');
    await ui.button('Enter API Key').click();
    await ui.page.keyboard.type('secret');
    await ui.page.keyboard.press('Enter');
    await ui.answer.getByText('Like this.').waitFor();
  });

  it('works under a path of the server', async () => {
    const ui = await open({ path: '/behind/a/path/' });
    await ui.page.getByText('qwen2.5-coder-0.5b · CPU').waitFor();
    await ui.askAndWait('How?');
    await ui.answer.getByText('Like this.').waitFor();
  });

  it('works over plain HTTP from another machine, where browsers restrict pages', async () => {
    server().replies = [{ steps: [{ text: '```ts\nlet x = 1;\n```' }] }];
    const ui = await open({ host: OTHER_MACHINE });
    assert.equal(await ui.page.evaluate(() => isSecureContext), false);
    await ui.askAndWait('How?');
    await ui.button('Copy').click();
    await ui.button('Copied').waitFor();
    await ui.input.fill('');
    await ui.input.press('ControlOrMeta+v');
    assert.equal(await ui.input.inputValue(), 'let x = 1;\n');
    assert.equal(await ui.page.locator('.toast').isVisible(), false);
    assert.deepEqual(ui.pageErrors, []);
  });

  it('shows no buttons that need an editor', async () => {
    server().replies = [{ steps: [{ text: '```ts\nlet x;\n```' }] }];
    const ui = await open();
    await ui.askAndWait('How?');
    assert.deepEqual(
      await ui.answer
        .getByRole('button')
        .evaluateAll((all) => all.map((it) => it.getAttribute('aria-label'))),
      ['Copy'],
    );
  });

  it('opens web pages in a tab without access to this one, and no files', async () => {
    server().replies = [
      { steps: [{ text: '[page](http://other-machine.test:1/x) and [file](src/app.ts:12)' }] },
    ];
    const ui = await open();
    await ui.askAndWait('How?');
    const [tab] = await Promise.all([
      ui.context.waitForEvent('page'),
      ui.page.getByRole('link', { name: 'page' }).click(),
    ]);
    assert.equal(await tab.evaluate(() => window.opener as unknown), null);
    await tab.close();
    await ui.page.getByRole('link', { name: 'file' }).click();
    await ui.page.locator('.toast').getByText('“src/app.ts:12” isn’t a web page').waitFor();
    assert.equal(new URL(ui.page.url()).pathname, '/');
  });
});
