import assert from 'node:assert/strict';
import { linkTarget, webAddress, webUrl } from '../../../src/chatCore/linkTarget.js';

describe('the target of a link', () => {
  for (const [name, href, text, shown] of [
    ['another host in the text', 'https://evil.example/x', 'https://google.com', 'evil.example'],
    ['another host without a scheme', 'https://evil.example/', 'google.com', 'evil.example'],
    [
      'another host within a sentence',
      'https://evil.example/',
      'see www.google.com/login now',
      'evil.example',
    ],
    [
      'a host that only begins alike',
      'https://google.com.evil.example/',
      'google.com',
      'google.com.evil.example',
    ],
    ['a host that only ends alike', 'https://notgoogle.com/', 'google.com', 'notgoogle.com'],
    ['a user’s name', 'https://google.com@evil.example/', 'here', 'evil.example'],
    ['a user’s name and password', 'https://google.com:pw@evil.example:8443/', 'here', 'evil.example:8443'],
    ['a name with an escaped slash', 'https://google.com%2F@evil.example/', 'here', 'evil.example'],
    ['letters of another script', 'https://\u0430pple.com/', 'Apple', 'xn--pple-43d.com'],
    ['letters of another script in both', 'https://\u0430pple.com/', '\u0430pple.com', 'xn--pple-43d.com'],
    ['punycode', 'https://xn--pple-43d.com/', 'Apple', 'xn--pple-43d.com'],
    ['hidden characters in the text', 'https://evil.example/', 'goo\u200Bgle', 'evil.example'],
    ['a reversed text', 'https://evil.example/', '\u202Emoc.elgoog', 'evil.example'],
    ['an address that opens a file', 'src/evil.sh', 'https://google.com', 'src/evil.sh'],
    ['slashes that programs read differently', 'https:\\\\evil.example', 'here', 'https:\\\\evil.example'],
  ] as const)
    it(`is shown for ${name}`, () => assert.equal(linkTarget(href, text).shown, shown));

  for (const [name, href, text] of [
    ['words', 'https://docs.python.org/3/library/json.html', 'the documentation'],
    ['the same host', 'https://docs.python.org/3/', 'https://docs.python.org/3/'],
    ['the same host with www', 'https://www.example.org/a', 'example.org'],
    ['a part of the host that is named', 'https://accounts.google.com/', 'google.com'],
    ['a file', 'src/app.ts:12', 'src/app.ts'],
    ['Chinese words', 'https://example.org/', '文档'],
  ] as const)
    it(`is not shown for ${name}`, () => assert.equal(linkTarget(href, text).shown, undefined));

  it('has no user’s name when it is opened', () => {
    assert.equal(linkTarget('https://google.com@evil.example/a?b#c', 'x').href, 'https://evil.example/a?b#c');
  });

  it('has the host that browsers see, whatever stands before it', () => {
    assert.equal(webUrl('https://google.com\\@evil.example/')?.hostname, 'google.com');
    assert.equal(webAddress('https://google.com\\@evil.example/'), 'https://google.com/@evil.example/');
    assert.equal(webAddress('https://google.com@evil.example/'), 'https://evil.example/');
    for (const href of [
      'https:///evil.example',
      'https:evil.example',
      'https://',
      'javascript:x',
      'src/a.ts',
    ])
      assert.equal(webUrl(href), undefined, href);
  });

  it('is found in time for a text of any length', () => {
    assert.equal(linkTarget('https://a.example/', 'a'.repeat(200_000)).shown, undefined);
  });
});
