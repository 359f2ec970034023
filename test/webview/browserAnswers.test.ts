import assert from 'node:assert/strict';
import { withWebUi } from './support/browser.js';

describe('the browser page’s answers', function () {
  this.timeout(60_000);
  const { open, server } = withWebUi();

  it('stream from the server, thoughts separately, and name the model and its speed', async () => {
    server().replies = [
      {
        steps: [
          { prefill: { done: 30, total: 120 } },
          'pause',
          { thinking: 'They want ' },
          { thinking: 'Python.' },
          { text: 'Use **this**:\n\n' },
          'pause',
          { text: '```python\nprint(1)\n```\n' },
        ],
      },
    ];
    const ui = await open();
    await ui.page.clock.install();
    await ui.ask('How?');
    await ui.page.getByText('Reading… 25%').waitFor();
    assert.equal(await ui.input.inputValue(), '');
    server().resume();
    await ui.answer.locator('strong', { hasText: 'this' }).waitFor();
    assert.equal(await ui.button('Stop').isVisible(), true);
    // The speed is averaged over this time.
    await ui.page.clock.fastForward(150);
    server().resume();
    await ui.page.locator('.answer-stats', { hasText: /qwen2.5-coder-0.5b · .*tokens\/s/ }).waitFor();
    assert.equal(await ui.answer.locator('.hljs-built_in').textContent(), 'print');
    await ui.page.getByText('Thoughts').click();
    await ui.page.getByText('They want Python.').waitFor();
    assert.deepEqual(ui.pageErrors, []);
  });

  it('are requested with the whole conversation and the settings', async () => {
    const settings = { temperature: 0.3, maxTokens: 99, thinking: 'off', systemPrompt: 'Be brief.' };
    const ui = await open({ settings });
    await ui.askAndWait('One?');
    await ui.askAndWait('Two?');
    assert.deepEqual(server().requests[1], {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'One?' },
        { role: 'assistant', content: 'Like this.' },
        { role: 'user', content: 'Two?' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      return_progress: true,
      truncate: true,
      temperature: 0.3,
      max_tokens: 99,
      thinking: 'off',
    });
  });

  it('use the model’s defaults for settings that are not set', async () => {
    const ui = await open({ settings: 'no JSON' });
    await ui.askAndWait('One?');
    assert.deepEqual(Object.keys(server().requests[0] ?? {}).sort(), [
      'messages',
      'return_progress',
      'stream',
      'stream_options',
      'thinking',
      'truncate',
    ]);
    assert.equal(server().requests[0]?.['thinking'], 'auto');
  });

  it('stop on the server too, and keep the text so far', async () => {
    server().replies = [
      { steps: [{ text: 'As far as this' }, 'pause', { text: ' and not further' }] },
      { steps: [{ text: 'Another.' }] },
    ];
    const ui = await open();
    await ui.ask('How?');
    await ui.answer.getByText('As far as this').waitFor();
    await ui.button('Stop').click();
    await ui.page.getByText('Stopped.').first().waitFor();
    await server().untilStopped();
    assert.equal(server().stopped, 1);
    server().resume();
    await ui.askAndWait('And then?');
    assert.equal(await ui.page.getByText('and not further').count(), 0);
  });

  it('show the server’s error message, and can be retried', async () => {
    server().replies = [
      { status: 400, error: 'The prompt has 9000 tokens, the context only 8192.' },
      { steps: [{ text: 'Now it works.' }] },
    ];
    const ui = await open();
    await ui.ask('How?');
    await ui.answer.getByText('The prompt has 9000 tokens').waitFor();
    await ui.button('Try Again').click();
    await ui.answer.getByText('Now it works.').waitFor();
    assert.equal(server().requests[1]?.messages.length, 1);
  });

  for (const status of [429, 503]) {
    it(`show when to retry after status ${status}`, async () => {
      server().replies = [{ status, error: 'The server is busy.', headers: { 'retry-after': '7' } }];
      const ui = await open();
      await ui.ask('How?');
      await ui.answer.getByText('The server is busy. Try again in 7 seconds.').waitFor();
    });
  }

  it('handle an error that is not JSON', async () => {
    const ui = await open();
    await ui.page.route('**/v1/chat/completions', (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }),
    );
    await ui.ask('How?');
    await ui.answer.getByText('The server responded with status 502.').waitFor();
  });

  it('keep the text so far when the server fails in the middle', async () => {
    server().replies = [{ steps: [{ text: 'The first half' }, { error: 'llama.cpp failed.' }] }];
    const ui = await open();
    await ui.ask('How?');
    await ui.answer.getByText('llama.cpp failed.').waitFor();
    assert.equal(await ui.answer.locator('.markdown').innerText(), 'The first half');
    await ui.answer.getByText('This answer was interrupted.').waitFor();
    assert.equal(await ui.button('Try Again').isVisible(), true);
  });

  for (const [how, end] of [
    ['breaks', 'cut'],
    ['ends too early', { raw: 'data: {"choices":[]}' }],
  ] as const) {
    it(`keep the text so far when the connection ${how}`, async () => {
      server().replies = [
        { steps: [{ text: 'The first half' }, 'pause', end, 'cut'] },
        { steps: [{ text: 'All.' }] },
      ];
      const ui = await open();
      await ui.ask('How?');
      await ui.answer.getByText('The first half').waitFor();
      server().resume();
      await ui.answer.getByText('The connection to the server was lost.').waitFor();
      assert.equal(await ui.answer.locator('.markdown').innerText(), 'The first half');
      await ui.button('Try Again').click();
      await ui.answer.getByText('All.').waitFor();
      assert.equal(await ui.page.getByText('The first half').count(), 0);
    });
  }

  it('show a message when the server is unreachable', async () => {
    const ui = await open();
    await ui.page.route('**/v1/chat/completions', (route) => route.abort('connectionrefused'));
    await ui.ask('How?');
    await ui.answer.getByText('The server can’t be reached.').waitFor();
  });

  it('can be split anywhere by the network', async () => {
    const event =
      'data: {"choices":[{"index":0,"delta":{"content":"päck→chen"},"finish_reason":null}]}\r\n\r\n';
    const bytes = Buffer.from(event);
    const ui = await open();
    // The answer byte by byte, in a stream that the page reads.
    await ui.page.evaluate(
      (bytes) => {
        const fetchBefore = window.fetch.bind(window);
        window.fetch = (input, init) => {
          if (init?.method !== 'POST') return fetchBefore(input, init);
          const body = new ReadableStream<Uint8Array>({
            start(controller) {
              for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
              controller.close();
            },
          });
          return Promise.resolve(new Response(body));
        };
      },
      [...bytes, ...bytes],
    );
    await ui.ask('How?');
    await ui.answer.getByText('The connection to the server was lost.').waitFor();
    assert.equal(await ui.answer.locator('.markdown').innerText(), 'päck→chenpäck→chen');
  });

  it('say that they reached the token limit', async () => {
    server().replies = [{ steps: [{ text: 'Long' }], finish: 'length' }];
    const ui = await open();
    await ui.askAndWait('How?');
    await ui.answer.getByText('it reached the token limit').waitFor();
  });
});
