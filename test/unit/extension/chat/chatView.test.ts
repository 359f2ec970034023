import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatPage } from '../../../../src/extension/chat/chatPage.js';
import { fill } from '../../../../src/protocol/chatStrings.js';
import { isChatPageMessage, isChatViewMessage } from '../../../../src/chatCore/chatSchemas.js';

describe('the messages between the chat and its page', () => {
  it('are accepted when valid', () => {
    assert.ok(isChatPageMessage({ kind: 'send', request: 'r', text: 'How?' }));
    assert.ok(isChatPageMessage({ kind: 'ready' }));
    assert.ok(
      isChatViewMessage({ kind: 'status', status: { kind: 'busy', message: 'Loading', progress: 0.5 } }),
    );
  });

  for (const value of [
    ...[undefined, null, 1, 'send', [], {}, { kind: 1 }, { kind: 'constructor' }, { kind: '__proto__' }],
    ...[
      { kind: 'send', text: 'How?' },
      { kind: 'send', request: 'r', text: 5 },
    ],
    ...[
      { kind: 'command', command: 'workbench.action.quit' },
      { kind: 'runAction', turn: 'a', action: NaN },
    ],
  ])
    it(`are rejected otherwise: ${JSON.stringify({ value })}`, () => {
      assert.equal(isChatPageMessage(value), false);
      assert.equal(isChatViewMessage(value), false);
    });
});

describe('the chat’s HTML page', () => {
  const html = chatPage({
    scriptUri: 'https://host/main.js',
    styleUri: 'https://host/style.css',
    cspSource: 'https://host',
    nonce: 'n0nce',
    language: 'zh-cn',
  });

  it('allows its own script and style, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(policy, "default-src 'none'; style-src https://host; script-src 'nonce-n0nce'");
    assert.doesNotMatch(html, /unsafe| style="| on\w+="/);
  });

  it('names its language', () => assert.match(html, /<html lang="zh-cn">/));

  it('uses only the theme’s colours', () => {
    const folder = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'src/webview/style');
    for (const file of readdirSync(folder)) {
      const css = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
      assert.doesNotMatch(
        css,
        /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color)a?\(|:\s*(?:black|white|gr[ae]y|red)\b/i,
        file,
      );
      assert.doesNotMatch(css, /url\(/, file);
    }
  });

  it('replaces placeholders in its strings', () => {
    assert.equal(fill('{0} of {1}', 3, 'four'), '3 of four');
    assert.equal(fill('{2}', 1), '{2}');
  });
});
