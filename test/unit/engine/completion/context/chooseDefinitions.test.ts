import assert from 'node:assert/strict';
import { chooseDefinitions } from '../../../../../src/engine/completion/context/chooseDefinitions.js';
import type { UsedDefinition } from '../../../../../src/engine/completion/context/usedDefinitions.js';

const used = (
  name: string,
  how: UsedDefinition['how'] = 'named',
  path = 'a.ts',
  index = 0,
): UsedDefinition => ({
  path,
  index,
  local: name,
  how,
  definition: { name, head: `function ${name}();`, members: [], tail: '' },
});

/** Names of the chosen definitions. */
function chosen(all: readonly UsedDefinition[], marked: string, characters: number): string[] {
  const offset = marked.indexOf('▮');
  const { snippets } = chooseDefinitions(all, marked.replace('▮', ''), offset, characters, (path) => path);
  return snippets.flatMap(({ text }) => [...text.matchAll(/function (\w+)/g)].map(([, name]) => name ?? ''));
}

/** Room for one file with `count` definitions of one letter. */
const roomFor = (count: number): number => 4 + 8 + count * 14;

describe('chosen definitions of other files', () => {
  const far = 'x();\n'.repeat(1000);

  it('are all of them, file by file, when they fit', () => {
    const all = [used('b', 'named', 'b.ts'), used('c', 'named', 'c.ts'), used('d', 'offered', 'b.ts', 1)];
    const { snippets, isCut } = chooseDefinitions(all, '', 0, 1000, (path) => path);
    assert.deepEqual(snippets, [
      { path: 'b.ts', text: 'function b();\nfunction d();' },
      { path: 'c.ts', text: 'function c();' },
    ]);
    assert.equal(isCut, false);
  });

  it('begin with those used near the cursor', () => {
    const all = [used('e'), used('f', 'named', 'a.ts', 1)];
    assert.deepEqual(chosen(all, `import { e, f } from './a';\ne();\n${far}f(▮`, roomFor(1) + 8), ['f']);
    assert.deepEqual(chosen(all, `import { e, f } from './a';\ne(▮\n${far}f();`, roomFor(1) + 8), ['e']);
  });

  it('continue with unused imports, which will be used soon', () => {
    const all = [used('e'), used('f', 'named', 'a.ts', 1)];
    const text = `import { e, f } from './a';\ne();\n${far}▮`;
    assert.deepEqual(chosen(all, text, roomFor(1) + 8), ['f']);
  });

  it('include indirectly used and unused ones when there is room left', () => {
    const all = [
      used('e', 'offered', 'a.ts', 0),
      used('f', 'mentioned', 'a.ts', 1),
      used('g', 'named', 'a.ts', 2),
    ];
    assert.deepEqual(chosen(all, '▮', roomFor(1) + 8), ['g']);
    assert.deepEqual(chosen(all, '▮', roomFor(2) + 12), ['f', 'g']);
    assert.deepEqual(chosen(all, '▮', roomFor(3)), ['e', 'f', 'g']);
  });

  it('stay within the budget, including paths', () => {
    const all = Array.from({ length: 50 }, (_, i) => used(`n${i}`, 'named', `file${i % 5}.ts`, i));
    for (let characters = 0; characters < 1000; characters += 7) {
      const { snippets } = chooseDefinitions(all, '', 0, characters, (path) => path);
      const size = snippets.reduce((sum, { path, text }) => sum + path.length + text.length, 0);
      assert.ok(size <= characters, `${size} of ${characters}`);
    }
  });

  it('shorten a large class to the members that fit, in order, then to names', () => {
    const members = Array.from({ length: 40 }, (_, i) => ({ name: `m${i}`, text: `m${i}(): void;` }));
    const large: UsedDefinition = {
      ...used('Large'),
      definition: { name: 'Large', head: 'class Large {', members, tail: '}' },
    };
    const all = [large, used('f', 'named', 'a.ts', 1)];
    const { snippets, isCut } = chooseDefinitions(all, 'l.m1(); Large f', 0, 240, (path) => path);
    assert.match(
      snippets[0]?.text ?? '',
      /^class Large \{\n {2}m0\(\): void;\n {2}m2\(\): void;\n {2}m3[^]*void;\n {2}\/\/ m\d+, m\d+[^]*m\d+\n\}\n/,
    );
    assert.doesNotMatch(snippets[0]?.text ?? '', /\bm1\b/);
    assert.equal(isCut, true);
  });

  it('are named when they don’t fit and their module is used nearby', () => {
    const offered = Array.from({ length: 30 }, (_, i) => ({
      ...used(`name${i}`, 'offered', 'a.ts', i),
      module: 'tools',
    }));
    const text = (snippets: readonly { readonly text: string }[]): string =>
      snippets.map((snippet) => snippet.text).join();
    const near = chooseDefinitions(offered, 'tools.', 6, 200, (path) => path);
    assert.match(text(near.snippets), /^(?:function name\d+\(\);\n)+\/\/ name\d+, [^]*name\d+$/);
    const far = chooseDefinitions(offered, 'other.', 6, 200, (path) => path);
    assert.doesNotMatch(text(far.snippets), /\/\//);
  });

  it('include the class of a variable near the cursor, and the base class of the enclosing class', () => {
    const all = [used('Cart'), used('Base', 'named', 'a.ts', 1), used('Order', 'named', 'a.ts', 2)];
    const class_ = (line: string): string =>
      `class A extends Base {\n  cart: Cart;\n${far}  Order;\n${far}  b() {\n    ${line}▮\n  }\n}`;
    assert.deepEqual(chosen(all, class_('this.cart.'), roomFor(1) + 14), ['Cart']);
    assert.deepEqual(chosen(all, class_('this.'), roomFor(1) + 14), ['Base']);
  });

  const declarations = [
    'let c: Cart = d;',
    'c = new Cart(1);',
    'c := Cart{}',
    'Cart c = d();',
    'Cart<T> *c;',
    'func f(c *shop.Cart) {',
    'fn f(c: &mut Cart) {',
  ];
  for (const declaration of declarations)
    it(`include the declared type of a name near the cursor: ${declaration}`, () => {
      const all = [used('Order'), used('Cart', 'named', 'a.ts', 1)];
      assert.deepEqual(chosen(all, `Order\n${declaration}\n${far}c.▮`, roomFor(1) + 10), ['Cart']);
    });

  it('include a text once, even if it defines several names', () => {
    const twins = [used('e'), { ...used('f', 'named', 'a.ts', 1), definition: used('e').definition }];
    assert.deepEqual(chosen(twins, '▮', 1000), ['e']);
  });
});
