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

const brief = (problems: readonly CheckerProblem[] | undefined): unknown =>
  problems?.map(({ line, column, message }) => [line, column, message]);

describe('the services', () => {
  it('have no verdict about texts that would keep the engine busy', async () => {
    for (const [languageId, text] of Object.entries({ json: '[1,]', css: 'a {', html: '<b>' })) {
      assert.notEqual((await check(languageId, text))?.length, 0);
      assert.equal(await check(languageId, text + ' '.repeat(300_000)), undefined, languageId);
    }
  });
});

describe('the services for style sheets', () => {
  it('find errors of syntax, each in its own language', async () => {
    const nested = 'a {\n  b { color: $c; }\n}\n';
    assert.deepEqual(await check('scss', `$c: red;\n${nested}`), []);
    assert.deepEqual(await check('less', '@c: red;\na { b { color: @c; } }\n'), []);
    assert.deepEqual(brief(await check('css', 'a {\n  color: red\n  margin: 0;\n')), [
      [2, 8, 'semi-colon expected'],
    ]);
    assert.deepEqual(brief(await check('scss', 'a {\n  color: $c\n')), [[2, 0, 'semi-colon expected']]);
    assert.deepEqual(brief(await check('less', 'a { color: ; }\n')), [[0, 11, 'property value expected']]);
  });

  it('warn of properties that aren’t there', async () =>
    assert.deepEqual(
      (await check('css', 'a { colour: red; }\n'))?.map(({ severity, code }) => [severity, code]),
      [['warning', 'unknownProperties']],
    ));
});

describe('the service for pages', () => {
  it('finds nothing in what browsers are meant to accept', async () =>
    assert.deepEqual(
      await check(
        'html',
        '<!DOCTYPE html>\n<html><body><p>a<p>b<br><img src="x"><ul><li>c<li>d</ul><svg><path d="M0"/></svg></body></html>\n',
      ),
      [],
    ));

  it('finds tags that aren’t closed, and ends that close nothing', async () => {
    assert.deepEqual(brief(await check('html', '<div>\n  <span>a\n</div>\n')), [
      [1, 2, "'<span>' is never closed"],
    ]);
    assert.deepEqual(brief(await check('html', '<div>\n  a</span>\n</div>\n')), [
      [1, 3, "'</span>' closes nothing"],
    ]);
  });

  it('finds broken tags', async () =>
    assert.deepEqual(
      new Set((await check('html', '<p>\n<div <p>a</div>\n'))?.map(({ line }) => line)),
      new Set([1]),
    ));

  it('checks the styles of a page, each where it is', async () =>
    assert.deepEqual(brief(await check('html', '<p>{</p>\n<style>\na { color: }\n</style>\n')), [
      [2, 11, 'property value expected'],
    ]));
});
