import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CheckerProblem } from '../../../../src/engine/checkers/checker.js';
import type { TypescriptChecker } from '../../../../src/engine/checkers/typescript/typescriptChecker.js';
import { findLibraries } from '../../../../src/engine/checkers/typescript/typescriptLibrary.js';
import { SampleMachine } from './support/machine.js';
import { buildThread, typescriptChecker } from './support/typescriptThread.js';

const never = new AbortController().signal;
const LIBRARY = createRequire(import.meta.url).resolve('typescript');
const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
};

let machine: SampleMachine;
/** One for all tests: loading TypeScript takes its time. */
let checker: TypescriptChecker;

before(async () => {
  machine = await SampleMachine.create();
  const libraries = (): Promise<readonly string[]> => Promise.resolve([LIBRARY]);
  checker = typescriptChecker(await buildThread(machine.folder), { libraries, maxMs: 60_000 });
});
after(() => machine.remove());
beforeEach(async () => {
  await rm(machine.project, { recursive: true });
  await mkdir(machine.project);
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(machine.project, name)), { recursive: true });
    await writeFile(join(machine.project, name), text);
  }
}

async function found(name: string, text: string): Promise<readonly CheckerProblem[] | undefined> {
  const languageId = LANGUAGES[name.split('.').at(-1) ?? ''] ?? '';
  return checker.check({ uri: machine.uri(name), languageId, text }, never);
}

async function suggested(name: string, text: string, line: number): Promise<readonly string[]> {
  const languageId = LANGUAGES[name.split('.').at(-1) ?? ''] ?? '';
  return checker.fixes({ uri: machine.uri(name), languageId, text }, { start: line, end: line + 1 }, never);
}

const brief = (problems: readonly CheckerProblem[] | undefined): unknown =>
  problems?.map(({ line, column, code }) => [line, column, code]);

describe('TypeScript as a checker', function () {
  this.timeout(120_000);

  it('finds errors of syntax and of types, in a text that isn’t saved', async () => {
    await write({ 'tsconfig.json': '{ "compilerOptions": { "strict": true } }', 'a.ts': 'export {};\n' });
    assert.deepEqual(await found('a.ts', 'export const a: number = 1;\n'), []);
    const problems = await found('a.ts', 'const a: number = "x";\nlet b = (1;\nc();\nexport { a, b };\n');
    assert.deepEqual(brief(problems), [
      [1, 10, '1005'],
      [0, 6, '2322'],
      [2, 0, '2304'],
    ]);
    assert.equal(problems?.at(1)?.message, "Type 'string' is not assignable to type 'number'.");
  });

  it('knows what the file imports, and sees when that changes on the disk', async () => {
    await write({ 'b.ts': 'export const b = 1;\n' });
    const text = 'import { b } from "./b";\nexport const a: string = b;\n';
    assert.deepEqual(brief(await found('a.ts', text)), [[1, 13, '2322']]);
    await write({ 'b.ts': 'export const b = "a longer one";\n' });
    assert.deepEqual(await found('a.ts', text), []);
    assert.deepEqual(brief(await found('a.ts', 'import { b } from "./c";\n')), [[0, 18, '2307']]);
  });

  it('uses the configuration that has the file, also behind references', async () => {
    await write({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json':
        '{ "compilerOptions": { "composite": true, "noUnusedLocals": true, "plugins": [{ "name": "./evil" }] }, "include": ["src"] }',
      'evil.js': 'require("node:fs").writeFileSync(__dirname + "/ran", "");\n',
      'src/a.ts': '',
    });
    assert.deepEqual(brief(await found('src/a.ts', 'const a = 1;\nexport {};\n')), [[0, 6, '6133']]);
    assert.deepEqual((await readdir(machine.project)).sort(), [
      'evil.js',
      'src',
      'tsconfig.app.json',
      'tsconfig.json',
    ]);
  });

  it('checks JSX', async () => {
    const text = 'export const b = 1;\nexport const a = <p>x</p>;\n';
    await write({
      'tsconfig.json': '{ "compilerOptions": { "jsx": "preserve" } }',
      'jsx.d.ts': 'declare namespace JSX { interface IntrinsicElements { p: object } }\n',
    });
    assert.deepEqual(await found('a.tsx', text), []);
    assert.deepEqual(brief(await found('a.tsx', text.replace('</p>', '</q>'))), [
      [1, 23, '17002'],
      [1, 21, '2339'],
    ]);
  });

  it('finds in JavaScript what is no JavaScript, unknown names and assignments to constants, but no types', async () => {
    const text = [
      'const a = { b: 1 };',
      'a.c.d();',
      'a = lost;',
      'const fs = require("node:fs");',
      'module.exports = { fs, missing, $ };',
      'for (const x of a) console.log(x, process.argv, window.own);',
      '',
    ].join('\n');
    assert.deepEqual(brief(await found('a.js', text)), [
      [2, 0, '2588'],
      [2, 4, '2304'],
      [4, 23, '18004'],
    ]);
    assert.deepEqual(brief(await found('a.js', 'let a = ;\n')), [[0, 8, '1109']]);
  });

  it('checks the types of JavaScript where the project or the file says so', async () => {
    const text = '/** @type {number} */\nexport const a = "x";\n';
    assert.deepEqual(await found('a.js', text), []);
    assert.deepEqual(brief(await found('a.js', `// @ts-check\n${text}`)), [[2, 13, '2322']]);
    await write({ 'jsconfig.json': '{ "compilerOptions": { "checkJs": true } }' });
    assert.deepEqual(brief(await found('a.js', text)), [[1, 13, '2322']]);
  });

  it('checks untitled documents by themselves, and of notebook cells the syntax', async () => {
    const file = { languageId: 'typescript', text: 'const a: number = "x";\nb(;\n' };
    const [untitled, cell] = ['untitled:Untitled-1', 'vscode-notebook-cell:/n.ipynb#W0'];
    assert.deepEqual(brief(await checker.check({ ...file, uri: untitled }, never)), [
      [1, 2, '1005'],
      [0, 6, '2322'],
      [1, 0, '2304'],
    ]);
    assert.deepEqual(brief(await checker.check({ ...file, uri: cell }, never)), [[1, 2, '1005']]);
  });

  it('checks the scripts of a page, each where it is', async () => {
    const text = '<p>(</p>\n<script>\nlet a = ;\n</script>\n<script type="text/template">(</script>\n';
    assert.deepEqual(
      brief(await checker.check({ uri: machine.uri('a.html'), languageId: 'html', text }, never)),
      [[2, 8, '1109']],
    );
  });

  it('says what it would change about the errors of a line', async () => {
    const counter =
      'export class Counter {\r\n  count = 0;\r\n  add(): void {\r\n    count++;\r\n  }\r\n}\r\n';
    assert.deepEqual(await suggested('a.ts', counter, 3), [
      counter.replace('count++', 'this.count++'),
      counter.replace('count++', 'Counter++'),
    ]);
    const load =
      'export async function load(text: Promise<string>): Promise<number> {\n  return text.length;\n}\n';
    assert.deepEqual(await suggested('a.ts', load, 1), [load.replace('text.length', '(await text).length')]);
    assert.deepEqual(await suggested('a.ts', load, 0), []);
    const script = 'const a = 1;\na = 2;\nexport { a };\n';
    assert.deepEqual(await suggested('a.js', script, 1), [script.replace('const', 'let')]);
  });

  it('suggests an import if only one module has the name, and nothing that only silences the error', async () => {
    await write({ 'b.ts': 'export const helper = 1;\n', 'tsconfig.json': '{}' });
    const text = 'export const a = helper;\n';
    assert.match((await suggested('a.ts', text, 0)).join(), /^import \{ helper \} from ['"]\.\/b['"];/);
    await write({ 'c.ts': 'export const helper = 2;\n', 'tsconfig.json': '{ }' });
    assert.deepEqual(await suggested('a.ts', text, 0), []);
    assert.deepEqual(await suggested('a.ts', 'export const a = missingFunction(1);\n', 0), []);
    assert.deepEqual(
      await suggested('a.js', '// @ts-check\n/** @type {number} */\nexport const a = "x";\n', 2),
      [],
    );
  });

  it('sees the text, not an earlier one of the file, after the configuration has changed', async () => {
    for (const [config, text, codes] of [
      ['{ "compilerOptions": { "strict": true } }', 'export const a: number = "1";\n', ['2322']],
      ['{ "compilerOptions": { "strict": true }, "files": ["a.ts"] }', 'export const a = 1;\n', []],
      ['{ "compilerOptions": { "strict": true  } }', 'export const a = b;\n', ['2304']],
    ] as const) {
      await write({ 'tsconfig.json': config });
      assert.deepEqual(
        (await found('a.ts', text))?.map(({ code }) => code),
        codes,
      );
    }
  });
});

describe('where TypeScript is', () => {
  it('is the innermost of the project, the editor, the machine, in this order', async () => {
    await write({
      'package.json': '{}',
      'node_modules/typescript/lib/typescript.js': '',
      'packages/a/node_modules/typescript/lib/typescript.js': '',
    });
    await machine.program('global/lib/typescript.js', '');
    await machine.program('global/bin/tsc', '');
    await machine.program('outside/node_modules/typescript/lib/typescript.js', '');
    const ofEditor = (): string => join(machine.folder, 'outside/node_modules/typescript/lib/typescript.js');
    const found = await findLibraries(machine.uri('packages/a/src/x.ts'), {
      workspace: machine.workspace,
      tools: machine.tools(['global/bin']),
      ofEditor,
    });
    assert.deepEqual(
      found.map((path) => path.slice(machine.folder.length + 1)),
      [
        'project/packages/a/node_modules/typescript/lib/typescript.js',
        'project/node_modules/typescript/lib/typescript.js',
        'outside/node_modules/typescript/lib/typescript.js',
        'global/lib/typescript.js',
      ],
    );
  });

  it('is not above the project, nor for documents without a file in a project', async () => {
    await machine.program('node_modules/typescript/lib/typescript.js', '');
    await write({ 'package.json': '{}' });
    const options = { workspace: machine.workspace, tools: machine.tools() };
    assert.deepEqual(await findLibraries(machine.uri('src/x.ts'), options), []);
    assert.deepEqual(await findLibraries('untitled:x.ts', options), []);
  });
});
