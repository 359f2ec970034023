import assert from 'node:assert/strict';
import type { CheckerProblem } from '../../../../src/engine/checkers/checker.js';
import { BUNDLED_SERVICES } from '../../../../src/engine/checkers/services/bundledServices.js';

async function check(languageId: string, text: string): Promise<readonly CheckerProblem[] | undefined> {
  const checker = BUNDLED_SERVICES.find(({ languageIds }) => languageIds.includes(languageId));
  return checker?.check({ uri: `file:///x.${languageId}`, languageId, text }, new AbortController().signal);
}

describe('the JSON service', () => {
  it('finds every syntax error', async () =>
    assert.deepEqual(
      (await check('json', '{\n  "a": 1\n  "b": 2,\n  "c": [1,,2]\n}\n'))?.map(
        ({ line, column, severity }) => [line, column, severity],
      ),
      [
        [2, 2, 'error'],
        [3, 10, 'error'],
      ],
    ));

  it('lets comments and trailing commas pass where they are allowed', async () => {
    const text = '{\n  // why\n  "a": 1,\n}\n';
    assert.deepEqual(
      (await check('json', text))?.map(({ line }) => line),
      [1, 2],
    );
    assert.deepEqual(
      (await check('jsonc', text))?.filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  it('warns of a key that is there twice', async () =>
    assert.deepEqual(
      (await check('json', '{ "a": 1,\n "a": 2 }'))?.map(({ severity, message }) => [severity, message]),
      [
        ['warning', 'Duplicate object key'],
        ['warning', 'Duplicate object key'],
      ],
    ));

  it('fetches no schema that the text names', async () =>
    assert.deepEqual(await check('json', '{ "$schema": "http://127.0.0.1:9/schema.json", "a": 1 }'), []));
});
