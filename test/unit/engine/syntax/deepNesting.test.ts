import assert from 'node:assert/strict';
import { declarationIn } from '../../../../src/engine/syntax/declarations.js';
import { documentable } from '../../../../src/engine/syntax/documentable.js';
import { unboundNames } from '../../../../src/engine/syntax/names/unboundNames.js';
import { outlineOf } from '../../../../src/engine/syntax/outline/outlineOf.js';
import { syntaxErrors } from '../../../../src/engine/syntax/syntaxErrors.js';
import { syntaxFacts } from '../../../../src/engine/syntax/syntaxFacts.js';
import type { SyntaxTree } from '../../../../src/engine/syntax/syntaxTree.js';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';

const trees = new SyntaxTrees();
const nested = (open: string, inside: string, close: string, depth: number): string =>
  open.repeat(depth) + inside + close.repeat(depth);

const TEXTS: readonly (readonly [what: string, languageId: string, text: (depth: number) => string])[] = [
  ['lists', 'python', (depth) => `x = ${nested('[', '', ']', depth)}\n`],
  ['lists with an error', 'typescript', (depth) => `const x = ${nested('[', '+', ']', depth)};\n`],
  ['calls', 'typescript', (depth) => `export const f = a${'.b()'.repeat(depth)};\n`],
  ['classes', 'java', (depth) => nested('class A {', '', '}', depth)],
  ['namespaces', 'cpp', (depth) => nested('namespace a {', 'int f();', '}', depth)],
  ['modules', 'rust', (depth) => nested('mod a {', '', '}', depth)],
  ['sums', 'python', (depth) => `x = 1${' + a'.repeat(depth)}\n`],
  ['branches', 'typescript', (depth) => `if (a) {}${' else if (b) {}'.repeat(depth)}\n`],
  ['paths of `use`', 'rust', (depth) => `use ${nested('a::{', 'b', '}', depth)};\n`],
];
/** Nodes with many children. */
const WIDE_TEXTS: typeof TEXTS = [
  ['lists of names', 'python', (width) => `x = [${'a, '.repeat(width)}]\n`],
  ['objects of names', 'typescript', (width) => `export const x = {${'a, '.repeat(width)}};\n`],
  ['statements', 'typescript', (width) => 'f(a);\n'.repeat(width)],
  ['functions', 'go', (width) => 'func f() {}\n'.repeat(width)],
  ['methods', 'java', (width) => `class A {${'void f() {}\n'.repeat(width)}}`],
  ['tokens', 'cpp', (width) => 'a ( '.repeat(width)],
];

const READERS: Readonly<Record<string, (tree: SyntaxTree, languageId: string) => unknown>> = {
  'finds the errors of': syntaxErrors,
  'finds the declaration in': (tree) => declarationIn(tree, { start: 0, end: 1, kind: 'cursor' }),
  'tells the place in': (tree) => syntaxFacts(tree, tree.text.length >> 1),
  outlines: outlineOf,
  'finds the unbound names of': unboundNames,
  'finds the symbols of': documentable,
};

/** Milliseconds of this process's own work, the least of two tries. */
function cost(work: () => unknown): number {
  return Math.min(
    ...[1, 2].map(() => {
      const before = process.cpuUsage();
      work();
      return process.cpuUsage(before).user / 1000;
    }),
  );
}

describe('the syntax tree of deep nesting, and of many children', () => {
  const depth = 500;
  const factor = 8;
  for (const [what, languageId, textOf] of [...TEXTS, ...WIDE_TEXTS])
    for (const [reads, read] of Object.entries(READERS))
      it(`${reads} ${what} in time in proportion to their depth or number`, async () => {
        const measured: string[] = [];
        // A collection of garbage falls into single rounds; time that grows with the square is there in each.
        for (let round = 0; round < 5; round++) {
          const costs: number[] = [];
          for (const times of [depth, depth * factor])
            await trees.read(languageId, textOf(times), (tree) =>
              costs.push(cost(() => read(tree, languageId))),
            );
          const [short = 0, long = 0] = costs;
          // The square would be 64 times as much; shorter times are noise.
          if (long <= Math.max(20, 24 * short)) return;
          measured.push(`${short} ms and ${long} ms`);
        }
        assert.fail(measured.join(', '));
      });

  it('has room on the stack', async () => {
    for (const [, languageId, textOf] of TEXTS)
      await trees.read(languageId, textOf(10_000), (tree) => {
        for (const read of Object.values(READERS)) read(tree, languageId);
      });
  });
});
