import assert from 'node:assert/strict';
import { answer, question, WAITING, type ChatPage } from './support/chatPage.js';
import { SAMPLE } from './support/sampleConversation.js';
import { withBrowser } from './support/browser.js';

const LIST =
  '1. one\n\n2. two\n\n3. three\n\nThe end. See [the manual].\n\n[the manual]: https://example.org/manual\n';
const markdown = SAMPLE.flatMap((turn) => (turn.role === 'assistant' ? [turn.text] : [])).join('\n') + LIST;

describe('a streaming answer', function () {
  this.timeout(60_000);
  const open = withBrowser();

  it('looks the same in the end as one that arrived at once', async () => {
    const streamed = await open({ init: { turns: WAITING } });
    await streamed.stream('a', markdown.match(/[^]{1,7}/g) ?? []);
    await streamed.send({ kind: 'turn', turn: answer('a', { text: markdown, state: 'done' }) });
    const whole = await open({
      init: { turns: [question('q', 'How?'), answer('a', { text: markdown, state: 'done' })] },
    });
    assert.equal(await markdownOf(streamed), await markdownOf(whole));
    assert.match(
      await markdownOf(whole),
      /<a href="https:\/\/example.org\/manual" title="https:\/\/example.org\/manual">the manual<\/a>/,
    );
  });

  it('does not render complete blocks again', async () => {
    const chat = await open({ init: { turns: WAITING } });
    const paragraph = 'A paragraph with `code` and **weight**, again and again.\n\n';
    await chat.stream('a', [paragraph, '```ts\nconst a = 1;\n```\n\n', 'next']);
    await chat.page.waitForFunction(() => document.querySelectorAll('.block').length === 3);
    await chat.page.evaluate(() => {
      const changes: string[] = [];
      Object.assign(window, { changes });
      const observer = new MutationObserver((records) => changes.push(...records.map(({ type }) => type)));
      for (const block of [...document.querySelectorAll('.block')].slice(0, 2))
        observer.observe(block, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const length = 20_000;
    await chat.stream('a', Array<string>(length / 1000).fill(paragraph.repeat(18)));
    await chat.page.waitForFunction(() => document.querySelectorAll('.block').length > 200);
    assert.deepEqual(await chat.page.evaluate(() => (window as unknown as { changes: [] }).changes), []);
  });

  it('keeps the selection in the block that grows', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.stream('a', ['Select this word']);
    await chat.page.getByText('Select this word').waitFor();
    await chat.page.evaluate(() => {
      const text = document.querySelector('.block p')?.firstChild;
      if (text !== null && text !== undefined) getSelection()?.setBaseAndExtent(text, 7, text, 11);
    });
    await chat.stream('a', [' and ', 'some more.']);
    await chat.page.getByText('Select this word and some more.').waitFor();
    assert.equal(await chat.page.evaluate(() => getSelection()?.toString()), 'this');
  });

  it('highlights code while it streams', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.stream('a', ['```python\nimport ', 'json\nx = ']);
    await chat.page.locator('.hljs-keyword', { hasText: 'import' }).waitFor();
    await chat.page.locator('pre', { hasText: 'import json\nx =' }).waitFor();
  });

  it('shows waiting, then the progress of the prompt, then nothing', async () => {
    const chat = await open({ init: { turns: WAITING } });
    const waiting = chat.page.locator('.waiting');
    assert.equal(await waiting.textContent(), 'Waiting for the model…');
    await chat.send({ kind: 'reading', turn: 'a', done: 300, total: 400 });
    assert.equal(await waiting.textContent(), 'Reading… 75%');
    await chat.stream('a', ['Yes']);
    assert.equal(await waiting.isHidden(), true);
  });

  it('shows thoughts collapsed, separate from the answer', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.send({ kind: 'delta', turn: 'a', part: 'thinking', text: 'They want ' });
    await chat.send({ kind: 'delta', turn: 'a', part: 'thinking', text: 'a list.' });
    const summary = chat.page.locator('.thoughts summary');
    assert.equal(await summary.textContent(), 'Thinking…');
    assert.equal(await chat.page.getByText('They want a list.').isVisible(), false);
    await chat.stream('a', ['Here it is.']);
    assert.equal(await summary.textContent(), 'Thoughts');
    await summary.click();
    assert.equal(await chat.page.getByText('They want a list.').isVisible(), true);
    assert.equal(await chat.page.locator('.markdown').innerText(), 'Here it is.');
  });

  it('is busy while it streams, and announced once when it is complete', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const region = document.querySelector('.visually-hidden[role=status]');
      if (region !== null)
        new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
    });
    const said = (): Promise<string[]> =>
      chat.page.evaluate(() => (window as unknown as { said: string[] }).said);
    await chat.stream('a', ['It ', 'is ', 'so.']);
    assert.equal(await chat.page.getByRole('log').getAttribute('aria-busy'), 'true');
    assert.deepEqual(await said(), []);
    await chat.send({ kind: 'turn', turn: answer('a', { text: 'It is so.', state: 'done' }) });
    assert.equal(await chat.page.getByRole('log').getAttribute('aria-busy'), 'false');
    assert.deepEqual(await said(), ['The answer is ready. It is so.']);
  });

  it('scrolls to its end, unless the user has scrolled up', async () => {
    const chat = await open({ init: { turns: WAITING } });
    const lines = 'A line of the answer.\n\n'.repeat(40);
    await chat.stream('a', [lines]);
    await chat.page.waitForFunction(() => document.querySelectorAll('.block').length >= 40);
    const distance = (): Promise<number> =>
      chat.page.locator('.scroller').evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight);
    assert.ok((await distance()) < 2);

    await chat.page.mouse.move(200, 300);
    await chat.page.mouse.wheel(0, -400);
    // The browser may scroll in several steps.
    await chat.page.waitForFunction(() => {
      const it = document.querySelector('.scroller');
      return it !== null && it.scrollHeight - it.scrollTop - it.clientHeight >= 399;
    });
    await chat.page.getByRole('button', { name: 'Jump to the End' }).waitFor();
    const before = await chat.page.locator('.scroller').evaluate((it) => it.scrollTop);
    await chat.stream('a', [lines]);
    await chat.page.waitForFunction(() => document.querySelectorAll('.block').length >= 80);
    assert.equal(await chat.page.locator('.scroller').evaluate((it) => it.scrollTop), before);

    await chat.page.getByRole('button', { name: 'Jump to the End' }).click();
    await chat.stream('a', [lines]);
    await chat.page.waitForFunction(() => document.querySelectorAll('.block').length >= 120);
    assert.ok((await distance()) < 2);
  });

  it('scrolls to its end when it grows faster than scroll events arrive', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.stream('a', ['A line of the answer.\n\n'.repeat(40)]);
    const scroller = chat.page.locator('.scroller');
    await scroller.evaluate(async (it) => {
      const grow = (height: number): void => {
        const block = document.createElement('p');
        block.style.height = `${height}px`;
        it.firstElementChild?.append(block);
      };
      // The page scrolls in one frame and receives the scroll event in the next.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      grow(100);
      await new Promise((resolve) => setTimeout(resolve));
      grow(900);
    });
    await chat.page.waitForFunction(() => {
      const it = document.querySelector('.scroller');
      return it !== null && it.scrollHeight - it.scrollTop - it.clientHeight < 2;
    });
    assert.equal(await chat.page.getByRole('button', { name: 'Jump to the End' }).isHidden(), true);
  });

  it('starts empty when it is retried', async () => {
    const failed = answer('a', { text: 'Half an', state: 'interrupted' });
    const chat = await open({ init: { turns: [question('q', 'How?'), failed] } });
    await chat.page.getByRole('button', { name: 'Try Again' }).click();
    assert.deepEqual(await chat.sent('retry'), [{ kind: 'retry', turn: 'a' }]);
    await chat.send({ kind: 'turn', turn: answer('a') });
    await chat.stream('a', ['A whole answer.']);
    await chat.page.getByText('A whole answer.').waitFor();
    assert.equal(await chat.page.locator('.markdown').innerText(), 'A whole answer.');
  });

  it('requests the full state after a delta of an unknown answer', async () => {
    const chat = await open();
    await chat.send(delta('lost'));
    assert.equal((await chat.sent('ready')).length, 2);
  });
});

function delta(text: string): { kind: 'delta'; turn: string; part: 'text'; text: string } {
  return { kind: 'delta', turn: 'a', part: 'text', text };
}

function markdownOf({ page }: ChatPage): Promise<string> {
  return page.locator('.markdown').evaluate((element) => element.innerHTML);
}
