import assert from 'node:assert/strict';
import { answer, question, WAITING, type ChatPage } from './support/chatPage.js';
import { withBrowser } from './support/browser.js';

const ATTACHMENT = { id: 'x', label: 'src/app.ts:3-9', languageId: 'typescript', code: 'let x;' };

describe('the chat input', function () {
  this.timeout(60_000);
  const open = withBrowser();

  it('sends with Enter, and keeps the text until it is accepted', async () => {
    const chat = await open();
    await input(chat).fill('How?');
    await input(chat).press('Enter');
    const [sent] = await chat.sent('send');
    assert.equal(sent?.text, 'How?');
    assert.equal(await input(chat).inputValue(), 'How?');
    await chat.send({ kind: 'accepted', request: sent.request });
    assert.equal(await input(chat).inputValue(), '');
  });

  it('keeps text typed before the question was accepted', async () => {
    const chat = await open();
    await input(chat).fill('How?');
    await input(chat).press('Enter');
    await input(chat).fill('How? And why?');
    const [sent] = await chat.sent('send');
    await chat.send({ kind: 'accepted', request: sent?.request ?? '' });
    assert.equal(await input(chat).inputValue(), 'How? And why?');
  });

  it('inserts a line break with Shift+Enter, and grows', async () => {
    const chat = await open();
    await input(chat).fill('one');
    const before = await input(chat).boundingBox();
    await input(chat).press('Shift+Enter');
    await input(chat).pressSequentially('two');
    assert.equal(await input(chat).inputValue(), 'one\ntwo');
    assert.ok(((await input(chat).boundingBox())?.height ?? 0) > (before?.height ?? 0) + 10);
    assert.deepEqual(await chat.sent('send'), []);
  });

  it('does not send while an input method composes', async () => {
    const chat = await open();
    await input(chat).focus();
    const browser = await chat.page.context().newCDPSession(chat.page);
    await browser.send('Input.imeSetComposition', { text: '你好', selectionStart: 2, selectionEnd: 2 });
    // As from a keyboard: a key that the input method handles produces no character.
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
    await browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    assert.deepEqual(await chat.sent('send'), []);
    await browser.send('Input.insertText', { text: '你好' });
    await input(chat).press('Enter');
    assert.equal((await chat.sent('send'))[0]?.text, '你好');
  });

  it('does not send at key code 229, which older input methods use', async () => {
    const chat = await open();
    await input(chat).fill('你好');
    const wasPrevented = await input(chat).evaluate(
      (element) =>
        !element.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }),
        ),
    );
    assert.equal(wasPrevented, false);
    assert.deepEqual(await chat.sent('send'), []);
  });

  it('sends code without a text, but no empty question', async () => {
    const chat = await open();
    await input(chat).fill('  \n ');
    await input(chat).press('Enter');
    assert.deepEqual(await chat.sent('send'), []);
    assert.equal(await chat.page.getByRole('button', { name: 'Send' }).isDisabled(), true);
    await chat.send({ kind: 'attachments', attachments: [ATTACHMENT] });
    await chat.page.getByRole('button', { name: 'Send' }).click();
    assert.equal((await chat.sent('send')).length, 1);
  });

  it('stops with Escape, wherever the focus is, and with the button', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await input(chat).press('Escape');
    await chat.page.locator('.scroller').press('Escape');
    await chat.page.getByRole('button', { name: 'Stop' }).click();
    assert.equal((await chat.sent('stop')).length, 3);
  });

  it('sends no stop when nothing runs', async () => {
    const chat = await open();
    await input(chat).press('Escape');
    assert.deepEqual(await chat.sent('stop'), []);
    assert.equal(await chat.page.getByRole('button', { name: 'Stop' }).isVisible(), false);
  });

  it('does not send while an answer streams, and keeps the text', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await input(chat).fill('Next question');
    await input(chat).press('Enter');
    assert.deepEqual(await chat.sent('send'), []);
    assert.equal(await input(chat).inputValue(), 'Next question');
    await chat.send({ kind: 'turn', turn: answer('a', { text: 'Done.', state: 'done' }) });
    await input(chat).press('Enter');
    assert.equal((await chat.sent('send'))[0]?.text, 'Next question');
  });

  it('keeps the focus when the answer ends and the stop button is hidden', async () => {
    const chat = await open({ init: { turns: WAITING } });
    await chat.page.getByRole('button', { name: 'Stop' }).focus();
    await chat.send({ kind: 'turn', turn: answer('a', { text: 'Done.', state: 'done' }) });
    assert.equal(await input(chat).evaluate((element) => element === document.activeElement), true);
  });

  it('restores its draft when the page is shown again', async () => {
    const first = await open();
    await input(first).fill('half a quest');
    assert.deepEqual(await first.keptState(), { draft: { text: 'half a quest', revision: 1 } });
    const again = await open({
      state: await first.keptState(),
      init: { turns: [question('q', 'Old question')], draft: { text: 'older', revision: 0 } },
    });
    assert.equal(await input(again).inputValue(), 'half a quest');
    assert.equal(await again.page.locator('.question').textContent(), 'Old question');
  });

  it('uses the host’s draft if the page has none or an older one', async () => {
    const draft = { text: 'kept by the host', revision: 5 };
    for (const state of [
      undefined,
      { draft: { text: 'older', revision: 4 } },
      { draft: 'of another shape' },
    ]) {
      const chat = await open({ state, init: { draft } });
      assert.equal(await input(chat).inputValue(), 'kept by the host');
    }
  });

  it('sends the draft to the host', async () => {
    const chat = await open();
    await input(chat).fill('half');
    await chat.page.waitForFunction(() =>
      (window as unknown as { sentMessages: { kind: string; draft?: { text: string } }[] }).sentMessages.some(
        ({ kind, draft }) => kind === 'draft' && draft?.text === 'half',
      ),
    );
  });

  it('shows the attached code, and removes it', async () => {
    const place = { uri: 'file:///app.ts', startLine: 2, endLine: 8 };
    const chat = await open({ init: { attachments: [{ ...ATTACHMENT, place }] } });
    await chat.page.getByRole('button', { name: 'src/app.ts:3-9', exact: true }).click();
    assert.deepEqual(await chat.sent('openPlace'), [{ kind: 'openPlace', attachment: 'x' }]);
    await chat.page.getByRole('button', { name: 'Remove src/app.ts:3-9' }).click();
    assert.deepEqual(await chat.sent('removeAttachment'), [{ kind: 'removeAttachment', attachment: 'x' }]);
  });

  it('sends an example with one click', async () => {
    const chat = await open();
    await chat.page.getByRole('button', { name: 'How do I undo my last Git commit?' }).click();
    assert.equal((await chat.sent('send'))[0]?.text, 'How do I undo my last Git commit?');
  });
});

function input({ page }: ChatPage): ReturnType<ChatPage['page']['getByRole']> {
  return page.getByRole('textbox', { name: 'Your question' });
}
