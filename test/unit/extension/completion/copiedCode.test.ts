import assert from 'node:assert/strict';
import { copiedCode } from '../../../../src/extension/completion/copiedCode.js';

const CODE = {
  TypeScript: 'export function twice(value: number): number {\n  return value * 2;\n}',
  Python: 'def twice(value):\n    return value * 2\n',
  Go: 'func twice(value int) int {\n\treturn value * 2\n}',
  SQL: 'SELECT name, price\nFROM items\nWHERE price > 10;',
  HTML: '<ul class="items">\n  <li>One</li>\n</ul>',
  assignments: 'const a = 1\nconst b = a + 1\n',
};
const OTHER = {
  'a password': 'correct-Horse7battery!',
  'a password with its user': 'anna.meier\ncorrect-Horse7battery!',
  'one line of code': 'const twice = (value: number) => value * 2;',
  prose: 'Dear Anna,\nthe meeting is moved to Monday.\nSee you there',
  'a private key':
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n-----END OPENSSH PRIVATE KEY-----',
  'code with a password':
    'const user = "anna";\nconst password = "correct-Horse7battery!";\nlogin(user, password);',
  'settings with a token': 'API_TOKEN=abcdef123456\nPORT=8080\n',
  'code with a random key': 'connect({\n  id: "AKIA3X9Z7Q2L5M8N4P6R1S0T2U4V6W8Y",\n});',
  'a list of words': 'apples\npears\nbread\n',
  nothing: '',
};

describe('copiedCode', () => {
  for (const [name, text] of Object.entries(CODE))
    it(`accepts ${name}`, () => assert.equal(copiedCode(text), text));
  for (const [name, text] of Object.entries(OTHER))
    it(`rejects ${name}`, () => assert.equal(copiedCode(text), undefined));

  it('rejects long code', () => {
    const line = 'const value = compute(1);\n';
    assert.notEqual(copiedCode(line.repeat(70)), undefined);
    assert.equal(copiedCode(line.repeat(90)), undefined);
  });

  it('keeps a long name', () => {
    const text = 'import { createInlineCompletionItemProviderRegistration } from "x";\nfoo();';
    assert.equal(copiedCode(text), text);
  });
});
