import assert from 'node:assert/strict';
import { linesOf, textsIn } from '../../../../../src/engine/language/lines.js';
import { findRegion, type RegionQuery } from '../../../../../src/engine/edit/fix/region.js';

/** The region's text. `▮` is where the diagnostic or cursor is, `«…»` a selection. */
function regionOf(marked: string, query: Partial<RegionQuery> = {}): string | undefined {
  const text = marked.replaceAll(/[▮«»]/g, '');
  const offsetOf = (mark: string): number =>
    marked.slice(0, marked.indexOf(mark)).replaceAll(/[▮«»]/g, '').length;
  const positionOf = (mark: string): { line: number; character: number } => {
    const before = text.slice(0, offsetOf(mark)).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  const isSelection = marked.includes('«');
  const range = isSelection
    ? { start: positionOf('«'), end: positionOf('»') }
    : { start: positionOf('▮'), end: positionOf('▮') };
  const lines = linesOf(text);
  const span = findRegion(lines, { range, isSelection, ...query });
  return span && textsIn(lines, span).join('\n');
}

const filler = (count: number, indent = ''): string =>
  Array.from({ length: count }, (_, index) => `${indent}step(${index});\n`).join('');

/** As `regionOf`, with a diagnostic there. */
function faultyRegionOf(marked: string, message: string, languageId = 'c'): string | undefined {
  const lines = linesOf(marked.replace('▮', ''));
  const before = marked.slice(0, marked.indexOf('▮')).split('\n');
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const range = { start, end: start };
  const query = { range, isSelection: false, diagnostics: [{ range, message }] };
  const span = findRegion(lines, query, languageId);
  return span && textsIn(lines, span).join('\n');
}

describe('the region of an unexpected token', () => {
  const struct = 'struct a {\n  int x;\n}\n';
  const next = 'struct b {\n  int y;\n};';

  it('holds the code before it, too, where it is the first one', () => {
    const message = 'expected ‘;’, identifier or ‘(’ before ‘struct’';
    assert.equal(
      faultyRegionOf(`int z;\n\n${struct}\n/* about b\n */\n▮${next}\n`, message),
      `${struct}\n/* about b\n */\n${next}`,
    );
    assert.equal(
      faultyRegionOf(
        'try:\n  import a\nexcept ImportError:\n\n# f: does it.\n▮def f():\n  return 1\n',
        "expected an indented block after 'except' statement on line 3",
        'python',
      ),
      'try:\n  import a\nexcept ImportError:\n\n# f: does it.\ndef f():\n  return 1',
    );
  });

  it('is the usual one where the token is within a line or a block, or the code before is far away', () => {
    const message = 'expected something';
    assert.equal(faultyRegionOf(`${struct}\nstruct ▮b {\n  int y;\n};\n`, message), next);
    assert.equal(faultyRegionOf(`${struct}\nstruct b {\n  ▮int y;\n};\n`, message), next);
    assert.equal(faultyRegionOf(`${struct}${'\n'.repeat(20)}▮${next}\n`, message), next);
    assert.equal(faultyRegionOf(`${struct}\n▮${next}\n`, 'unknown type name'), next);
  });
});

describe('the region of a fix', () => {
  const cases: readonly { name: string; code: string; region: string | undefined }[] = [
    {
      name: 'is the function around a line, in braces',
      code: 'import a;\n\nfunction f(x) {\n  if (x) {\n    re▮turn y;\n  }\n}\n\nfunction g() {}\n',
      region: 'function f(x) {\n  if (x) {\n    return y;\n  }\n}',
    },
    {
      name: 'begins with the head when that takes several lines',
      code: 'const a = 1;\n\nexport function f(\n  x: number,\n): number {\n  return ▮y;\n}\n',
      region: 'export function f(\n  x: number,\n): number {\n  return y;\n}',
    },
    {
      name: 'begins with the head when the brace is on its own line',
      code: '#include <x.h>\n\nint f(int a,\n      int b)\n{\n    return ▮c;\n}\n\nint g;\n',
      region: 'int f(int a,\n      int b)\n{\n    return c;\n}',
    },
    {
      name: 'contains all branches of an if',
      code: 'if (a) {\n  f();\n} else if (b) {\n  ▮g();\n} else {\n  h();\n}\nend();\n',
      region: 'if (a) {\n  f();\n} else if (b) {\n  g();\n} else {\n  h();\n}',
    },
    {
      name: 'is the function, by indentation alone',
      code: 'import os\n\n\ndef f(x):\n    if x:\n        return ▮y\n    else:\n        return z\n\n\ndef g():\n    pass\n',
      region: 'def f(x):\n    if x:\n        return y\n    else:\n        return z',
    },
    {
      name: 'ends before the comment of the next function',
      code: 'def f():\n    return ▮x\n\n# about g\ndef g():\n    pass\n\n\nz = 1\n',
      region: 'def f():\n    return x',
    },
    {
      name: 'ends with the word that closes the block',
      code: 'x = 1\n\ndef f(n)\n  if n\n    ▮1\n  else\n    2\n  end\nend\n\ny = 2\n',
      region: 'def f(n)\n  if n\n    1\n  else\n    2\n  end\nend',
    },
    {
      name: 'is the element around a line, in markup',
      code: '<p>One</p>\n\n<ul>\n  <li>\n    <a href="x">▮y\n  </li>\n</ul>\n\n<p>Two</p>\n',
      region: '<ul>\n  <li>\n    <a href="x">y\n  </li>\n</ul>',
    },
    {
      name: 'is the rule, in a style sheet',
      code: '.a {\n  color: red;\n}\n\n.b {\n  ▮color blue;\n}\n',
      region: '.b {\n  color blue;\n}',
    },
    {
      name: 'is the class around its labels',
      code: 'class T {\npublic:\n    int a;\nprivate:\n    int b;\n▮}\n\nint c;\n',
      region: 'class T {\npublic:\n    int a;\nprivate:\n    int b;\n}',
    },
    {
      name: 'is the paragraph of a statement at the top level',
      code: 'a = 1\n\nb = 2\nc = ▮d\ne = 3\n\nf = 4\n',
      region: 'b = 2\nc = d\ne = 3',
    },
    {
      name: 'is the block that the line opens',
      code: 'x();\n\n▮for (;;) {\n  y();\n  z();\n}\n\nw();\n',
      region: 'for (;;) {\n  y();\n  z();\n}',
    },
    { name: 'is the line of a file of one line', code: 'let x = ▮1', region: 'let x = 1' },
    { name: 'is the last line of code when the error is at the end', code: 'f(\n\n\n▮', region: 'f(' },
    { name: 'is the next line of code when the cursor is above all code', code: '\n▮\nf()\n', region: 'f()' },
    { name: 'is nothing in an empty file', code: '▮', region: undefined },
    { name: 'is nothing in a blank file', code: '\n  ▮\n\n', region: undefined },
    {
      name: 'is the selection in whole lines',
      code: 'a();\nb(«1);\nc(»2);\nd();\n',
      region: 'b(1);\nc(2);',
    },
    {
      name: 'ends before a line where the selection ends at column 0',
      code: 'a();\n«b();\n»c();\n',
      region: 'b();',
    },
    { name: 'has no blank lines at the edges of a selection', code: '«\n\nb();\n\n»c();\n', region: 'b();' },
    { name: 'is nothing for a blank selection', code: 'a();\n«\n\n»b();\n', region: undefined },
  ];
  for (const { name, code, region } of cases) it(name, () => assert.equal(regionOf(code), region));

  it('is the largest block of a reasonable length', () => {
    const region = regionOf(`class A {\n  f() {\n    ▮g();\n  }\n\n${filler(60, '  ')}}\n`);
    assert.equal(region, '  f() {\n    g();\n  }');
  });

  it('is a few lines around the position when no block is short enough', () => {
    const region = regionOf(`function f() {\n${filler(50, '  ')}  ▮x(\n${filler(50, '  ')}}\n`);
    assert.match(region ?? '', /x\(/);
    assert.ok((region?.split('\n').length ?? 99) <= 20);
  });

  it('is around the first line of a diagnostic that covers a whole class', () => {
    const region = regionOf(`class A {\n▮${filler(80, '  ')}}\n`, {
      range: { start: { line: 0, character: 0 }, end: { line: 81, character: 1 } },
    });
    assert.ok((region?.split('\n').length ?? 99) <= 20);
    assert.ok(region?.startsWith('class A {'));
  });

  it('is the symbol that the editor names', () => {
    const symbol = { start: { line: 1, character: 2 }, end: { line: 3, character: 3 } };
    const code = 'class A {\n  f() {\n    ▮g();\n  }\n\n  h() {}\n}\n';
    assert.equal(regionOf(code, { symbol }), '  f() {\n    g();\n  }');
  });

  it('is not the symbol when it is too long', () => {
    const symbol = { start: { line: 0, character: 0 }, end: { line: 70, character: 1 } };
    const region = regionOf(
      `function f() {\n${filler(30, '  ')}\n  if (a) {\n    ▮b(\n  }\n\n${filler(40, '  ')}}\n`,
      { symbol },
    );
    assert.ok((region?.split('\n').length ?? 99) < 25);
  });

  it('is found quickly in a line of 100,000 characters', () => {
    assert.equal(regionOf(`▮${'x'.repeat(100_000)}`)?.length, 100_000);
  });
});
