import assert from 'node:assert/strict';
import { parseFileLink } from '../../../src/chatCore/answerLinks.js';

describe('parseFileLink', () => {
  for (const [href, path, line] of [
    ['src/app.ts', 'src/app.ts', 0],
    ['src/app.ts:12', 'src/app.ts', 11],
    ['src/app.ts:12:5', 'src/app.ts', 11],
    ['src/app.ts:12-15', 'src/app.ts', 11],
    ['src/app.ts#L7', 'src/app.ts', 6],
    ['src/app.ts#L7-L9', 'src/app.ts', 6],
    ['./src/app.ts:0', 'src/app.ts', 0],
    ['src%2Fa%20b/%E6%96%87.ts:3', 'src/a b/文.ts', 2],
    ['src\\app.ts', 'src/app.ts', 0],
  ] as const)
    it(`reads ${href}`, () => assert.deepEqual(parseFileLink(href), { path, line }));

  for (const href of [
    ...['', '/etc/passwd', '../secrets', 'src/../../x', 'src/%2e%2e/%2e%2e/x', '..\\x', '\\\\server\\share'],
    ...['file:///etc/passwd', 'command:a.b', 'javascript:alert(1)', 'https://example.org', 'C:\\x', '%'],
  ])
    it(`rejects ${href === '' ? 'nothing' : href}`, () => assert.equal(parseFileLink(href), undefined));
});
