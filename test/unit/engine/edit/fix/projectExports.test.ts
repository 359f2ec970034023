import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ProjectContext } from '../../../../../src/engine/completion/context/projectContext.js';
import { ProjectExports } from '../../../../../src/engine/edit/fix/imports/projectExports.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import { scriptedEditService } from '../support/scriptedEdit.js';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{}',
  'src/price.ts':
    'export function total(prices: number[]): number {\n  return prices.length;\n}\nconst hidden = 1;\n',
  'src/types/item.ts': 'export interface Item {}\nexport type Other = Item;\n',
  'src/types/list.ts': 'class Cart {}\nexport { Cart, Cart as Basket };\n',
  'src/.env.ts': 'export const secret = 1;\n',
  'lib/shapes.py': 'class Circle:\n    pass\n\nLIMIT: int = 3\n\ndef _area(circle):\n    return LIMIT\n',
  'lib/app.py': 'print(Circle())\n',
};

describe('what a file of the project exports', () => {
  let root = '';
  let found: ProjectExports;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'youtu-exports-'));
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    const project = new ProjectContext({ get: () => undefined }, new SyntaxTrees());
    project.setFolders([pathToFileURL(root).href]);
    found = new ProjectExports(project.files, project.workspace);
  });

  after(() => rm(root, { recursive: true }));

  const statements = (
    name: string,
    text: string,
    file = 'src/main.ts',
    languageId = 'typescript',
  ): Promise<readonly string[]> =>
    found.statementsFor(name, { uri: pathToFileURL(join(root, file)).href, languageId, text });

  it('is imported from the same folder, in the style of the other imports', async () => {
    assert.deepEqual(await statements('total', 'total([]);\n'), ["import { total } from './price';"]);
    assert.deepEqual(await statements('total', 'import { b } from "./b.js"\ntotal([])\n'), [
      'import { total } from "./price.js"',
    ]);
  });

  it('is imported from folders that the file imports from', async () => {
    const text = "import type { Item } from './types/item';\nnew Cart();\n";
    assert.deepEqual(await statements('Cart', text), ["import { Cart } from './types/list';"]);
    assert.deepEqual(await statements('Other', text), ["import { Other } from './types/item';"]);
    assert.deepEqual(await statements('Cart', 'new Cart();\n'), []);
  });

  it('is imported in Python as the file imports its neighbours', async () => {
    assert.deepEqual(await statements('Circle', 'Circle()\n', 'lib/app.py', 'python'), [
      'from shapes import Circle',
    ]);
    const text = 'from .other import a\n\nprint(LIMIT)\n';
    assert.deepEqual(await statements('LIMIT', text, 'lib/app.py', 'python'), ['from .shapes import LIMIT']);
  });

  it('isn’t what a file keeps for itself, what has no such file, and what is no text of the project', async () => {
    assert.deepEqual(await statements('hidden', 'hidden;\n'), []);
    assert.deepEqual(await statements('secret', 'secret;\n'), []);
    assert.deepEqual(await statements('total', 'total();\n', '../outside.ts'), []);
    assert.deepEqual(await statements('total', 'total()\n', 'src/main.rb', 'ruby'), []);
  });

  it('is added by a fix without the model', async () => {
    const text = 'print(Circle())\n';
    const uri = pathToFileURL(join(root, 'lib/app.py')).href;
    const document = TextDocument.create(uri, 'python', 1, text);
    let prompts = 0;
    const service = scriptedEditService(() => `${prompts++}`, {
      syntax: new SyntaxTrees(),
      projectExports: found,
    });
    const range = { start: { line: 0, character: 6 }, end: { line: 0, character: 12 } };
    const result = await service.edit(
      {
        textDocument: { uri, version: 1 },
        ...{ intent: 'fix', range, isSelection: false, progressToken: '' },
        diagnostics: [{ range, message: '"Circle" is not defined', severity: 1 }],
        indent: { useTabs: false, size: 4 },
      },
      document,
      new AbortController().signal,
      () => undefined,
    );
    assert.deepEqual(
      [result.newText, result.origin, result.verdict.kind, prompts],
      ['from shapes import Circle\n\nprint(Circle())', 'import', 'verified', 0],
    );
  });
});
