import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EngineProcess } from '../engine/support/engineProcess.js';
import { starterEngine } from './support/starter.js';

/** Completions of the starter over LSP, as for any client. */
describe('ghost text by the starter model', function () {
  this.timeout(120_000);
  let engine: EngineProcess;
  before(async () => (engine = await starterEngine()));

  it('finishes a word and the line, in Python', async () => {
    const text = await engine.complete(
      'import json\n\n\ndef read(path):\n    with open(path) as f:\n        return json.lo▮\n',
      'python',
    );
    assert.equal(text, 'ad(f)');
  });

  it('writes the rest of a statement, in Go', async () => {
    const text = await engine.complete(
      'package main\n\nfunc fib(n int) int {\n\tif n < 2 {\n\t\treturn n\n\t}\n\treturn ▮\n}\n',
      'go',
    );
    assert.match(text ?? '', /^fib\(n ?- ?1\) ?\+ ?fib\(n ?- ?2\)$/);
  });

  it('writes a body and stops at its end, in TypeScript', async () => {
    const text = await engine.complete('function add(a: number, b: number): number {▮', 'typescript');
    assert.match(text ?? '', /^\s*return a \+ b;?\s*}$/);
  });

  it('does not repeat the bracket that the editor has inserted', async () => {
    const text = await engine.complete(
      'const names = ["a", "b"];\nfor (const name of names) {\n  console.log(▮);\n}\n',
      'typescript',
    );
    assert.match(text ?? '', /name/);
    assert.doesNotMatch(text ?? '', /\)\s*;?$/);
  });

  it('understands a comment in Chinese', async () => {
    const text = await engine.complete('# 计算两个数的最大公约数\ndef gcd(a, b):\n    ▮\n', 'python');
    assert.match(text ?? '', /b/);
    assert.match(text ?? '', /return/);
  });

  it('keeps CRLF', async () => {
    const text = await engine.complete('def gcd(a, b):\r\n    ▮\r\n', 'python');
    assert.match(text ?? '', /\r\n/);
    assert.doesNotMatch(text ?? '', /[^\r]\n/);
  });

  it('is correct after right-to-left text', async () => {
    const marked = '# מחזיר את סכום המספרים، يجمع عددين\ndef add(a, b):\n    return ▮\n';
    assert.match((await engine.complete(marked, 'python')) ?? '', /^a \+ b$/);
  });

  it('is correct with mixed line ends, and uses one of them', async () => {
    const marked = 'def double(x):\r\n    return x * 2\n\ndef square(x):\r    return ▮\n';
    assert.match((await engine.complete(marked, 'python')) ?? '', /^x ?\*/);
    const block = await engine.complete(
      'function add(a: number, b: number) {▮\n\r\nadd(1, 2);\r',
      'typescript',
    );
    assert.match(block ?? '', /return a \+ b/);
    assert.equal(new Set(block?.match(/\r\n|\r|\n/g)).size, 1);
  });

  it('keeps the cursor’s indentation where tabs and spaces are mixed', async () => {
    const marked =
      'int sign(int x) {\n\tif (x < 0)\n        return -1;\n\tif (x > 0) {\n        ▮\n\t}\n    return 0;\n}\n';
    const text = (await engine.complete(marked, 'c')) ?? '';
    assert.match(text, /^return (?:\+?1|x);/);
    for (const line of text.split('\n').slice(1)) assert.match(line, /^(?: {8}|\t\t)\S|^$/);
  });

  it('needs no grammar of the language', async () => {
    const marked =
      'fn square(x: i32) i32 {\n    return x * x;\n}\n\nfn cube(x: i32) i32 {\n    return ▮\n}\n';
    assert.match((await engine.complete(marked, 'zig')) ?? '', /^x \* x \* x;?$/);
  });
});

/** Names that a model can't guess, defined in one file and used in another. */
describe('ghost text that needs another file', function () {
  this.timeout(120_000);
  let engine: EngineProcess;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-project-'));
    engine = await starterEngine();
  });
  after(() => rm(folder, { recursive: true }));

  async function complete(
    files: Readonly<Record<string, string>>,
    name: string,
    marked: string,
    languageId: string,
  ): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return (await engine.complete(marked, languageId, pathToFileURL(join(folder, name)).href)) ?? '';
  }

  it('uses the fields of an imported type, in TypeScript', async () => {
    const text = await complete(
      {
        'package.json': '{}',
        'src/shipment.ts':
          'export interface Shipment {\n  readonly palletTally: number;\n  readonly dockLetter: string;\n}\n',
      },
      'src/label.ts',
      "import type { Shipment } from './shipment.js';\n\n/** The dock and the number of pallets. */\nexport function label(shipment: Shipment): string {\n  return shipment.▮;\n}\n",
      'typescript',
    );
    assert.match(text, /dockLetter|palletTally/);
  });

  it('uses an imported constant and signature, in Python', async () => {
    const text = await complete(
      {
        'pyproject.toml': '',
        'limits.py':
          'MOST_PALLETS_A_DOCK = 12\n\n\ndef clamp_pallets(count, most=MOST_PALLETS_A_DOCK):\n    return min(count, most)\n',
      },
      'dock.py',
      'from limits import MOST_PALLETS_A_DOCK, clamp_pallets\n\n\ndef accept(count):\n    return clamp_▮\n',
      'python',
    );
    assert.match(text, /^pallets\(count/);
  });
});
