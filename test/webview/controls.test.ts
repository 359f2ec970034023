import assert from 'node:assert/strict';
import { answer, question } from './support/chatPage.js';
import { focusStops } from './support/focusStops.js';
import { SAMPLE } from './support/sampleConversation.js';
import { withBrowser } from './support/browser.js';

const CODE = 'def f(x):\n    return x < 1 and "<b>"\n';
const WITH_CODE = [
  question('q', 'How?'),
  answer('a', { text: `Like this:\n\n\`\`\`python\n${CODE}\`\`\`\n`, state: 'done' }),
];

describe('the chat controls', function () {
  this.timeout(60_000);
  const open = withBrowser();

  it('copy, insert and open a code block unchanged', async () => {
    const chat = await open({ init: { turns: WITH_CODE } });
    await chat.page.getByRole('button', { name: 'Copy' }).click();
    await chat.page.getByRole('button', { name: 'Copied' }).waitFor();
    await chat.page.getByRole('button', { name: 'Insert at Cursor' }).click();
    await chat.page.getByRole('button', { name: 'Open in New File' }).click();
    assert.deepEqual(await chat.sent('copy'), [{ kind: 'copy', text: CODE }]);
    assert.deepEqual(await chat.sent('insert'), [{ kind: 'insert', text: CODE }]);
    assert.deepEqual(await chat.sent('newFile'), [{ kind: 'newFile', text: CODE, language: 'python' }]);
  });

  it('pass links to pages and files to the host', async () => {
    const text = '[docs](https://example.org/a?b=c) and [file](src/app.ts:12) and https://example.org';
    const chat = await open({ init: { turns: [answer('a', { text, state: 'done' })] } });
    for (const name of ['docs', 'file', 'https://example.org'])
      await chat.page.getByRole('link', { name, exact: true }).click();
    assert.deepEqual(
      (await chat.sent('openLink')).map(({ href }) => href),
      ['https://example.org/a?b=c', 'src/app.ts:12', 'https://example.org'],
    );
    assert.equal(new URL(chat.page.url()).pathname, '/');
  });

  it('run the actions of a failed answer by their index, and only the last one’s', async () => {
    const failure = { message: 'There is no model yet.', actions: ['Download Model', 'Choose Model'] };
    const failed = (id: string): ReturnType<typeof answer> => answer(id, { state: 'failed', failure });
    const chat = await open({
      init: { turns: [question('q1', 'One'), failed('a1'), question('q2', 'Two'), failed('a2')] },
    });
    assert.equal(await chat.page.getByText('There is no model yet.').count(), 2);
    await chat.page.getByRole('button', { name: 'Choose Model' }).click();
    assert.deepEqual(await chat.sent('runAction'), [{ kind: 'runAction', turn: 'a2', action: 1 }]);
  });

  it('offer the next step for each state of the engine', async () => {
    const chat = await open({ init: { status: { kind: 'noModel' } } });
    await chat.page.getByRole('button', { name: 'Download Starter Model' }).click();
    await chat.page.getByRole('button', { name: 'Choose a GGUF File' }).click();
    await chat.send({ kind: 'status', status: { kind: 'stopped' } });
    await chat.page.getByRole('button', { name: 'Restart Engine' }).click();
    await chat.page.getByRole('button', { name: 'Show Log' }).click();
    assert.deepEqual(
      (await chat.sent('command')).map(({ command }) => command),
      ['downloadModel', 'chooseModel', 'restartEngine', 'showLog'],
    );
    await chat.send({ kind: 'status', status: { kind: 'ready', model: 'qwen', device: 'CPU' } });
    assert.equal(await chat.page.locator('.notice').isVisible(), false);
    assert.equal(await chat.page.getByText('qwen · CPU').isVisible(), true);
  });

  it('are reachable by keyboard, in order, each with a name and a visible focus', async () => {
    const chat = await open({ init: { turns: SAMPLE }, height: 900 });
    const stops = await focusStops(chat.page);
    for (const { tag, name, isVisible } of stops) {
      assert.ok(isVisible, `${tag} ${name} shows its focus`);
      if (['button', 'a', 'textarea'].includes(tag)) assert.notEqual(name, '');
    }
    const seen = stops.map(({ name }) => name);
    const order = ['src/settings.py:3-9', 'Show Code', 'Thoughts', 'Copy', 'Insert at Cursor'];
    order.push('Open in New File', 'documentation', 'Try Again', 'Restart Engine', 'Your question');
    const places = order.map((name) => seen.indexOf(name));
    assert.ok(!places.includes(-1), `${order.join()} are among ${seen.join()}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it('work by the keyboard: Enter on a button, Space on thoughts', async () => {
    const chat = await open({ init: { turns: SAMPLE } });
    await chat.page.getByRole('button', { name: 'Copy' }).first().press('Enter');
    assert.equal((await chat.sent('copy')).length, 1);
    await chat.page.locator('.thoughts summary').first().press('Space');
    assert.equal(await chat.page.getByText('They open the file twice.').isVisible(), true);
  });

  it('hand the focus on to the input when the button to the end disappears', async () => {
    const chat = await open({ init: { turns: SAMPLE }, height: 500 });
    const jump = chat.page.getByRole('button', { name: 'Jump to the End' });
    const scroller = chat.page.locator('.scroller');
    for (const leave of ['Enter', 'scroll'] as const) {
      await scroller.evaluate((element) => (element.scrollTop = 0));
      await jump.focus();
      if (leave === 'Enter') await jump.press('Enter');
      else await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await jump.waitFor({ state: 'hidden' });
      const focused = await chat.page.evaluate(() => document.activeElement?.tagName);
      assert.equal(focused, 'TEXTAREA', leave);
    }
  });

  it('animate nothing for users who prefer reduced motion', async () => {
    const chat = await open({ init: { turns: [question('q', 'How?'), answer('a')] } });
    const animation = (): Promise<string> =>
      chat.page.locator('.waiting').evaluate((element) => getComputedStyle(element).animationName);
    assert.equal(await animation(), 'breathe');
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await animation(), 'none');
  });
});
