import assert from 'node:assert/strict';
import { applied, at, edit, MEAN, open } from '../support/instructed.js';

describe('an edit by instruction at a blank place', () => {
  const cases: readonly [title: string, text: string, line: number, answer: string, expected: string][] = [
    ['in an empty file', '', 0, 'x = 1\n```', 'x = 1'],
    ['between functions', `${MEAN}\n\n\n${MEAN}`, 3, 'ONE = 1\n```', `${MEAN}\nONE = 1\n\n${MEAN}`],
    [
      'at the beginning of a block',
      'def f(x):\n\n    return x\n',
      1,
      'x += 1\n```',
      'def f(x):\n    x += 1\n    return x\n',
    ],
    [
      'inside a block',
      'def f(x):\n    x += 1\n\n    return x\n',
      2,
      'x += 2\n```',
      'def f(x):\n    x += 1\n    x += 2\n    return x\n',
    ],
    [
      'at the cursor’s indentation',
      'def f(x):\n    x += 1\n    \n',
      2,
      'return x\n```',
      'def f(x):\n    x += 1\n    return x\n',
    ],
    ['after code that it repeats', 'x = 1\n\n', 1, 'x = 1\ny = 2\n```', 'x = 1\ny = 2\n'],
  ];
  for (const [title, text, line, answer, expected] of cases)
    it(`writes new code ${title}`, async () => {
      const document = open(text);
      const result = await edit(answer).run(document, {
        intent: 'edit',
        instruction: 'go on',
        ...at(line),
      });
      assert.equal(applied(document, result), expected);
    });
});
