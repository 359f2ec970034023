import assert from 'node:assert/strict';
import { answer, question, WAITING } from './support/chatPage.js';
import { withBrowser } from './support/browser.js';

const ATTACKS = [
  '<script>window.pwned = 1</script>',
  '<img src=x onerror="window.pwned = 1">',
  '<svg onload="window.pwned = 1"></svg>',
  '<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
  '<style>body { display: none }</style>',
  '<a href="javascript:window.pwned=1">click</a>',
  '[click](javascript:window.pwned=1)',
  '[click](JaVaScRiPt:window.pwned=1)',
  '[click](javascript&colon;window.pwned=1)',
  '[click](data:text/html,<script>window.pwned=1</script>)',
  '[click](vbscript:pwned)',
  '[click](command:workbench.action.terminal.new)',
  '[click](file:///etc/passwd)',
  '[click](//example.org/x)',
  '![picture](https://example.org/x.png)',
  '<https://example.org/><img src=x onerror=window.pwned=1>',
  '```"><img/src=x/onerror=window.pwned=1>\ncode\n```',
  '```html\n<img src=x onerror="window.pwned = 1">\n```',
  '| a |\n|---|\n| <img src=x onerror=window.pwned=1> |',
];

describe('malicious Markdown in an answer', function () {
  this.timeout(60_000);
  const open = withBrowser();

  for (const attack of ATTACKS) {
    it(`is harmless: ${attack.replaceAll('\n', '⏎')}`, async () => {
      const text = `Before.\n\n${attack}\n\nAfter.\n`;
      const chat = await open({ init: { turns: WAITING } });
      await chat.stream('a', [...text]);
      await chat.send({ kind: 'turn', turn: answer('a', { text, state: 'done' }) });
      await chat.page.locator('.markdown', { hasText: 'After.' }).waitFor();
      for (const link of await chat.page.locator('.markdown a').all())
        await link.click({ noWaitAfter: true });
      assert.equal(await chat.page.evaluate(() => (window as { pwned?: number }).pwned), undefined);
      const strange = '.markdown :is(script, img, svg:not(.icon), iframe, style, form, input, object, embed)';
      assert.equal(await chat.page.locator(strange).count(), 0);
      const hrefs = await chat.page
        .locator('.markdown a[href]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      for (const href of hrefs) assert.match(href, /^https:\/\//);
      assert.equal(await chat.page.locator('.composer').isVisible(), true);
      // Not even an attempt that only the policy would block.
      assert.deepEqual(chat.pageErrors, []);
    });
  }

  it('shows HTML as text, in answers and in questions', async () => {
    const html = '<b onclick="x()">bold</b>';
    const chat = await open({
      init: { turns: [question('q', html), answer('a', { text: html, state: 'done' })] },
    });
    assert.equal(await chat.page.locator('.question').textContent(), html);
    assert.equal(await chat.page.locator('.markdown').textContent(), `${html}\n`);
  });

  it('runs no script that bypasses the sanitizer, because the policy forbids it', async () => {
    const chat = await open();
    await chat.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.pwned = 1';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.pwned = 1');
      image.src = 'https://example.org/x.png';
      document.body.append(image);
    });
    await chat.page.waitForFunction(() => document.images[0]?.complete);
    assert.equal(await chat.page.evaluate(() => (window as { pwned?: number }).pwned), undefined);
    assert.ok(chat.pageErrors.some((error) => error.includes('Content Security Policy')));
  });

  it('ignores an invalid message', async () => {
    const chat = await open({ init: { turns: [question('q', 'Still here')] } });
    await chat.page.evaluate(() => {
      window.postMessage({ kind: 'conversation', turns: 'none' }, '*');
      window.postMessage({ kind: 'turn', turn: { role: 'root', id: 'x' } }, '*');
      window.postMessage('hello', '*');
      window.postMessage(null, '*');
    });
    await chat.send({ kind: 'focus' });
    assert.equal(await chat.page.locator('.question').textContent(), 'Still here');
    assert.deepEqual(chat.pageErrors, []);
  });
});
