import assert from 'node:assert/strict';
import { borderAfter, borderBefore } from '../../../src/engine/syntax/textBorders.js';
import { treeOf } from './support.js';

const TYPESCRIPT = `import { a } from './a';

/** About B. */
export class B {
  // About c.
  c() {
    d();
    e();
  }

  f() {
    g();
  }
}

h();
`;
const PYTHON = `import a

# About b.
@c
def b():
    d()
    e()

f()
`;

/** The text's line at an offset. */
const lineAt = (text: string, offset: number | undefined): string | undefined =>
  offset === undefined ? undefined : text.slice(offset).split('\n')[0];

describe('borders of a text', () => {
  const before: readonly (readonly [string, string, string, string])[] = [
    ['typescript', TYPESCRIPT, 'd();', '/** About B. */'],
    ['typescript', TYPESCRIPT, 'h();', 'h();'],
    ['python', PYTHON, 'e()', '# About b.'],
    ['python', PYTHON, 'import a', 'import a'],
  ];
  for (const [languageId, text, place, expected] of before)
    it(`lie before ${JSON.stringify(place)} at ${JSON.stringify(expected)} (${languageId})`, async () => {
      const { tree } = await treeOf(text, languageId);
      assert.equal(lineAt(text, borderBefore(tree, text.indexOf(place))), expected);
    });

  const after: readonly (readonly [string, string, string, string, string | undefined])[] = [
    ['typescript', TYPESCRIPT, '\n/** About B', 'd();', '/** About B. */'],
    // What lies further out comes first, as long as it is near enough.
    ['typescript', TYPESCRIPT, 'd();', 'h();', '  f() {'],
    ['typescript', TYPESCRIPT, 'c() {', '  f() {', '    d();'],
    ['typescript', TYPESCRIPT, 'd();', '', 'h();'],
    ['typescript', TYPESCRIPT, 'g();', 'h();', undefined],
    // Neither the class without its comment, nor the method without its own.
    ['typescript', TYPESCRIPT, 'About B', 'c() {', '  // About c.'],
    ['python', PYTHON, '\n# About', '', '# About b.'],
    ['python', PYTHON, 'bout b', '', 'f()'],
  ];
  for (const [languageId, text, from, limit, expected] of after)
    it(`lie after ${JSON.stringify(from)} at ${JSON.stringify(expected)} (${languageId})`, async () => {
      const { tree } = await treeOf(text, languageId);
      const end = limit === '' ? text.length : text.indexOf(limit);
      assert.equal(lineAt(text, borderAfter(tree, text.indexOf(from), end)), expected);
    });
});
