import assert from 'node:assert/strict';
import { NameCheck } from '../../../../../src/engine/edit/check/nameCheck.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { checkedDocument, compare } from '../support/proposals.js';

const trees = new SyntaxTrees();
const { signal } = new AbortController();
const check = (languageId: string, text: string, line = 0, ...messages: string[]): NameCheck =>
  new NameCheck(trees, checkedDocument(languageId, text, line, ...messages));
const unboundIn = async (languageId: string, text: string): Promise<readonly string[] | undefined> =>
  (await check(languageId, text).unbound(signal))?.map(({ name }) => name);

const PYTHON = `import os.path as p, sys
from a import (b as c, d)
@c
def f(x: int, *args, y=1, **kw) -> "d":
    global q
    with open(x) as fh, p.x() as (g1, g2):
        for i, (j, k) in sys.argv: print(fh, i, j, k, g1, g2)
    try: pass
    except ValueError as e: print(e, args, kw, y)
    if (n := len(x)) > 1: return [w.z for w in x if w] + [n, q]
    return {key: value for key, value in x.items()} | f(key=1)
class C(Exception):
    a: int = 1
    def m(self): return self.a, __name__, __file__, C
print(lambda u, *v: (u, v))
match sys:
    case C(a=c1, b=[h, *t]): print(c1, h, t)
    case {"k": v, **rest}: print(v, rest)
a, *b = 1, 2
del a, b
type Alias[T] = list[T]
`;

const TYPESCRIPT = `import a, { b as c } from 'x';
import * as d from 'y';
export { e } from 'z';
function f<T>(x: number, { y, z: w = 1 }: T, ...r: unknown[]) {
  const [m, n = 1] = [x, y, w, r];
  try { a(c, d); } catch (error) { console.log(error, m, n); }
  lab: for (const q of [1]) { if (q) break lab; }
  return { k: 1, x }.k + arguments.length;
}
class B extends f { p = 1; m() { return this.p + new B().p; } }
enum E { A }
namespace N { export const inner = E.A; }
const fn = async (a1: Partial<B>) => a1, g2 = b1 => b1;
[fn, g2, N.inner, process, document, globalThis, Promise, undefined];
declare const later: number;
for (const key in later) console.log(key);
function guard(value: unknown): value is string { return typeof value === 'string'; }
guard(function named() { return named; });
`;

describe('names that nothing defines', () => {
  it('are none where Python binds them in one of its many ways', async () =>
    assert.deepEqual(await unboundIn('python', PYTHON), []));

  it('are none where TypeScript binds them in one of its many ways', async () =>
    assert.deepEqual(await unboundIn('typescript', TYPESCRIPT), []));

  it('are found in Python and JavaScript', async () => {
    assert.deepEqual(await unboundIn('python', 'def f(values):\n    return len(vlaues) + x.values\n'), [
      'vlaues',
      'x',
    ]);
    assert.deepEqual(await unboundIn('javascript', 'const total = 1;\nexport default totla + a.total;\n'), [
      'totla',
      'a',
    ]);
    assert.deepEqual(await unboundIn('typescriptreact', 'const a = <div><Panel id={idd} /></div>;\n'), [
      'Panel',
      'idd',
    ]);
  });

  it('can’t be told where they may come from anywhere', async () => {
    assert.equal(await unboundIn('python', 'from tkinter import *\nTk()\n'), undefined);
    assert.equal(await unboundIn('javascript', 'eval(code);\n'), undefined);
    assert.equal(await unboundIn('go', 'package a\n'), undefined);
  });
});

describe('the check of a fix’s names', () => {
  const text = 'def mean(values):\n    return sum(values) / len(vlaues)\n';
  const message = "name 'vlaues' is not defined";

  it('sees that the reported name is gone', async () =>
    assert.deepEqual(
      await compare(check('python', text, 1, message), text, text.replace('vlaues', 'values')),
      { by: ['names'], isProblemGone: true },
    ));

  it('proves nothing about another problem of the line', async () => {
    const other = check('python', text, 1, 'Operator "/" not supported for types "int" and "values"');
    assert.deepEqual(await compare(other, text, text.replace('vlaues', 'values')), {
      by: ['names'],
      isProblemGone: false,
    });
  });

  it('rejects a text that still uses it', async () => {
    const comparison = await compare(check('python', text, 1, message), text, text.replace('sum', 'max'));
    assert.deepEqual(comparison?.objection, { reason: 'problemStays', message: "'vlaues' is not defined" });
  });

  it('rejects a name that is made up', async () => {
    const comparison = await compare(
      check('python', text, 1, message),
      text,
      text.replace('len(vlaues)', 'count_of(values)'),
    );
    assert.deepEqual(comparison?.objection, {
      reason: 'unknownName',
      message: "'count_of' is not defined",
    });
  });

  it('takes a name that a broken text has for known', async () => {
    const broken = 'def f(first, second:\n    return first\n';
    const fixed = 'def f(first):\n    return first, second\n';
    assert.equal(
      (await compare(check('python', broken, 0, 'invalid syntax'), broken, fixed))?.objection,
      undefined,
    );
  });
});
