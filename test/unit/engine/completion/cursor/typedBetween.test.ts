import assert from 'node:assert/strict';
import { advanced } from '../../../../../src/engine/completion/cursor/cursorContext.js';
import { typedBetween } from '../../../../../src/engine/completion/cursor/typedBetween.js';
import { cursorOf } from '../support/cursorContexts.js';

const since = (from: string, to: string): ReturnType<typeof typedBetween> =>
  typedBetween(cursorOf(from), cursorOf(to));

describe('the text typed between two cursors', () => {
  const cases: readonly (readonly [string, string, string, string | undefined, string?])[] = [
    ['nothing', 'a = ▮;\nb', 'a = ▮;\nb', ''],
    ['a word', 'a = ▮;\nb', 'a = foo▮;\nb', 'foo'],
    ['lines', 'f() {\n▮\n}', 'f() {\n  a;\n  b▮\n}', '  a;\n  b'],
    ['a bracket that the editor closes', 'a = foo▮\nb', 'a = foo(▮)\nb', '(', ')'],
    ['two of them', 'a = ▮\nb', 'a = f([▮])\nb', 'f([', '])'],
    ['a quote', 'a = ▮;', "a = '▮';", "'", "'"],
    ['a brace on a line of its own', 'f()▮\nb', 'f() {\n  ▮\n}\nb', ' {\n  ', '\n}'],
    ['at the end of the file', 'a = ▮', 'a = foo(▮)', 'foo(', ')'],
    ['the way back', 'a = foo▮', 'a = fo▮', undefined],
    ['a change above', 'x\na = ▮', 'y\na = f▮', undefined],
    ['a change below', 'a = ▮\nx', 'a = f▮\ny', undefined],
    ['another line', 'a\n▮b\nc', 'a\nb\n▮c', undefined],
    ['a line above', 'a\nb▮', 'a▮\nb', undefined],
  ];
  for (const [name, from, to, text, closing = ''] of cases)
    it(`is found: ${name}`, () =>
      assert.deepEqual(since(from, to), text === undefined ? undefined : { text, closing }));

  it('is undefined across files and languages', () => {
    const cursor = cursorOf('a▮');
    assert.equal(typedBetween(cursor, { ...cursor, uri: 'file:///other' }), undefined);
    assert.equal(typedBetween(cursor, { ...cursor, languageId: 'python' }), undefined);
  });

  it('is the same with CRLF', () =>
    assert.deepEqual(since('f() {\r\n▮\r\n}', 'f() {\r\n  a;\r\n  b▮\r\n}'), {
      text: '  a;\n  b',
      closing: '',
    }));

  it('is found after more text than is compared', () => {
    const above = 'const a = 1;\n'.repeat(3000);
    assert.equal(since(`${above}b = ▮`, `${above}b = foo\n  .bar▮`)?.text, 'foo\n  .bar');
  });

  it('leads to the cursor after accepting a text', () => {
    const cursor = cursorOf('a = ▮;\nb');
    const next = advanced(cursor, 'foo(\n  x');
    assert.deepEqual([next.line, next.character], [1, 3]);
    assert.equal(typedBetween(cursor, next)?.text, 'foo(\n  x');
  });

  it('includes the selected item of the suggestion list', () => {
    const range = { start: { line: 0, character: 8 }, end: { line: 0, character: 10 } };
    const cursor = cursorOf('console.lo▮;', 'typescript', { range, text: 'log' });
    assert.equal(cursor.before, 'console.log');
    assert.equal(cursor.after, ';');
    assert.equal(typedBetween(cursorOf('console.▮;'), cursor)?.text, 'log');
  });
});
