import assert from 'node:assert/strict';
import { checkJsonShape } from '../../../../src/engine/http/jsonShape.js';

describe('the shape of JSON', () => {
  const fine = [
    ['{"a": [1, {"b": "]]]]{{{{,,,,"}]}', 'brackets in texts don’t count'],
    [`["\\"${'['.repeat(100)}"]`, 'nor do they after an escaped quote'],
    [`["\\\\", "${'['.repeat(100)}"]`, 'nor after an escaped backslash at a text’s end'],
    ['['.repeat(64) + ']'.repeat(64), 'as deep as allowed'],
    [JSON.stringify({ text: '{'.repeat(4_000_000) }), 'a long text'],
    ['{"unfinished": "', 'what isn’t JSON is left to the parser'],
  ] as const;
  for (const [text, what] of fine) it(`accepts ${what}`, () => checkJsonShape(text));

  it('refuses what is nested too deep, closed or not', () => {
    for (const open of ['[', '{"a":'])
      assert.throws(() => checkJsonShape(open.repeat(1_000_000)), /nested more than 64 levels/);
  });

  it('refuses too many values', () => {
    assert.throws(() => checkJsonShape(`[${'1,'.repeat(1_000_000)}1]`), /more than 200000 values/);
    assert.throws(() => checkJsonShape(`[${'{},'.repeat(200_000)}{}]`), /more than 200000 values/);
  });
});
