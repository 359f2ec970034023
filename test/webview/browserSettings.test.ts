import assert from 'node:assert/strict';
import { withWebUi } from './support/browser.js';

describe('the browser page’s settings', function () {
  this.timeout(60_000);
  const { open, server } = withWebUi();

  it('take effect at once, and persist', async () => {
    const ui = await open();
    await ui.button('Settings').click();
    await ui.page.getByLabel('System prompt').fill('Be brief.');
    await ui.page.getByLabel('Temperature').fill('0.7');
    await ui.page.getByLabel('Maximum answer length, in tokens').fill('64');
    await ui.page.getByLabel('Thinking').selectOption('on');
    await ui.button('Close').click();
    await ui.page.reload();
    await ui.askAndWait('How?');
    const { messages, temperature, max_tokens, thinking } = server().requests[0] ?? { messages: [] };
    assert.deepEqual(messages[0], { role: 'system', content: 'Be brief.' });
    assert.deepEqual([temperature, max_tokens, thinking], [0.7, 64, 'on']);
    await ui.button('Settings').click();
    assert.equal(await ui.page.getByLabel('Temperature').inputValue(), '0.7');
    await ui.button('Reset to Defaults').click();
    assert.equal(await ui.page.getByLabel('Temperature').inputValue(), '');
    await ui.page.keyboard.press('Escape');
    await ui.askAndWait('And now?');
    assert.equal(server().requests[1]?.['temperature'], undefined);
  });

  it('reject an invalid value with a reason', async () => {
    const ui = await open({ settings: { temperature: 0.5 } });
    await ui.button('Settings').click();
    const temperature = ui.page.getByLabel('Temperature');
    for (const [value, isGood] of [
      ['3', false],
      ['-1', false],
      ['2', true],
      ['e', false],
      ['', true],
    ] as const) {
      await temperature.fill('');
      await temperature.pressSequentially(value);
      assert.equal(await ui.page.getByText('Enter a number from 0 to 2.').isVisible(), !isGood, value);
      assert.equal(await temperature.getAttribute('aria-invalid'), isGood ? null : 'true');
    }
    const tokens = ui.page.getByLabel('Maximum answer length, in tokens');
    await tokens.fill('0.5');
    await ui.page.getByText('Enter a whole number of at least 1.').waitFor();
    await ui.button('Close').click();
    await ui.askAndWait('How?');
    assert.deepEqual(Object.keys(server().requests[0] ?? {}).includes('max_tokens'), false);
  });

  it('fall back to the default of a damaged value, and keep the others', async () => {
    const settings = { temperature: 'hot', maxTokens: -3, thinking: 'off', theme: 7, language: 'xx' };
    const ui = await open({ settings });
    await ui.askAndWait('How?');
    const { thinking, temperature, max_tokens } = server().requests[0] ?? { messages: [] };
    assert.deepEqual([thinking, temperature, max_tokens], ['off', undefined, undefined]);
  });

  it('change the language of the whole page, without stopping an answer', async () => {
    server().replies = [{ steps: [{ text: 'One ' }, 'pause', { text: 'and two.' }] }];
    const ui = await open();
    await ui.ask('How?');
    await ui.answer.getByText('One').waitFor();
    await ui.button('Settings').click();
    await ui.page.getByLabel('Language').selectOption('zh-cn');
    await ui.page.getByRole('heading', { name: '设置' }).waitFor();
    assert.equal(await ui.page.locator('html').getAttribute('lang'), 'zh-CN');
    assert.equal(await ui.page.evaluate(() => document.activeElement?.tagName), 'SELECT');
    await ui.button('关闭').click();
    assert.equal(await ui.input.getAttribute('placeholder'), '询问代码问题');
    server().resume();
    await ui.answer.getByText('One and two.').waitFor();
    await ui.page.reload();
    await ui.button('新对话').waitFor();
  });

  for (const [locale, placeholder] of [
    ['zh-TW', '询问代码问题'],
    ['en-US', 'Ask about code'],
    ['de-DE', 'Ask about code'],
  ] as const) {
    it(`default to the browser’s language: ${locale}`, async () => {
      const ui = await open({ locale });
      assert.equal(await ui.input.getAttribute('placeholder'), placeholder);
    });
  }
});
