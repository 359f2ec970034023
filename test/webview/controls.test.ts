import assert from 'node:assert/strict';
import { answer, question } from './support/chatPage.js';
import { SAMPLE } from './support/sampleConversation.js';
import { withBrowser } from './support/withBrowser.js';

const CODE = 'def f(x):\n    return x < 1 and "<b>"\n';
const WITH_CODE = [
  question('q', 'How?'),
  answer('a', { text: `Like this:\n\n\`\`\`python\n${CODE}\`\`\`\n`, state: 'done' }),
];

describe('the controls of the chat', function () {
  this.timeout(60_000);
  const open = withBrowser();

  it('copy, insert and open a code block as it was written', async () => {
    const chat = await open({ init: { turns: WITH_CODE } });
    await chat.page.getByRole('button', { name: 'Copy' }).click();
    await chat.page.getByRole('button', { name: 'Copied' }).waitFor();
    await chat.page.getByRole('button', { name: 'Insert at Cursor' }).click();
    await chat.page.getByRole('button', { name: 'Open in New File' }).click();
    assert.deepEqual(await chat.sent('copy'), [{ kind: 'copy', text: CODE }]);
    assert.deepEqual(await chat.sent('insert'), [{ kind: 'insert', text: CODE }]);
    assert.deepEqual(await chat.sent('newFile'), [{ kind: 'newFile', text: CODE, language: 'python' }]);
  });

  it('leave links to the host, pages and files alike', async () => {
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
    await chat.tell({ kind: 'status', status: { kind: 'stopped' } });
    await chat.page.getByRole('button', { name: 'Restart Engine' }).click();
    await chat.page.getByRole('button', { name: 'Show Log' }).click();
    assert.deepEqual(
      (await chat.sent('command')).map(({ command }) => command),
      ['downloadModel', 'chooseModel', 'restartEngine', 'showLog'],
    );
    await chat.tell({ kind: 'status', status: { kind: 'ready', model: 'qwen', device: 'CPU' } });
    assert.equal(await chat.page.locator('.notice').isVisible(), false);
    assert.equal(await chat.page.getByText('qwen · CPU').isVisible(), true);
  });

  it('are all reached by the keyboard, in order, each with a name and a visible focus', async () => {
    const chat = await open({ init: { turns: SAMPLE }, height: 900 });
    await chat.page.locator('body').press('Tab');
    const seen: string[] = [];
    for (let step = 0; step < 60; step++) {
      const focused = await chat.page.evaluate(() => {
        const it = document.activeElement;
        if (!(it instanceof HTMLElement) || it === document.body) return undefined;
        const probe = document.createElement('i');
        probe.style.color = 'var(--vscode-focusBorder)';
        it.ownerDocument.body.append(probe);
        const focusColour = getComputedStyle(probe).color;
        probe.remove();
        // The input's focus is shown by the border around it, everything else's by its outline.
        const around = it.closest('.input-row textarea') && it.closest('.composer');
        const style = getComputedStyle(around ?? it);
        const isVisible =
          around === null
            ? style.outlineStyle !== 'none' && style.outlineColor === focusColour
            : style.borderTopColor === focusColour;
        const name = it.getAttribute('aria-label') ?? it.textContent;
        return { name: name.trim(), tag: it.tagName.toLowerCase(), isVisible };
      });
      if (focused === undefined) break;
      assert.ok(focused.isVisible, `${focused.tag} ${focused.name} shows its focus`);
      if (focused.tag === 'button' || focused.tag === 'a' || focused.tag === 'textarea')
        assert.notEqual(focused.name, '');
      seen.push(focused.name);
      await chat.page.keyboard.press('Tab');
    }
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

  it('move nothing for who wants no motion', async () => {
    const chat = await open({ init: { turns: [question('q', 'How?'), answer('a')] } });
    const animation = (): Promise<string> =>
      chat.page.locator('.waiting').evaluate((element) => getComputedStyle(element).animationName);
    assert.equal(await animation(), 'breathe');
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await animation(), 'none');
  });
});
