import assert from 'node:assert/strict';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckerProblem } from '../../../../src/engine/checkers/checker.js';
import { Checkers } from '../../../../src/engine/checkers/checkers.js';
import type { TypescriptChecker } from '../../../../src/engine/checkers/typescript/typescriptChecker.js';
import { findLibraries } from '../../../../src/engine/checkers/typescript/typescriptLibrary.js';
import { SampleMachine } from './support/machine.js';
import { buildThread, typescriptChecker } from './support/typescriptThread.js';

const never = new AbortController().signal;

/** A library with all that the thread needs, and one error in every text. @param find runs in each check */
const fake = (find: string): string => `
module.exports = {
  sys: { getExecutingFilePath: () => __filename, fileExists: () => false },
  DiagnosticCategory: { Warning: 0, Error: 1 },
  ScriptTarget: {}, ModuleKind: {}, ModuleResolutionKind: {}, JsxEmit: {},
  createDocumentRegistry: () => ({}),
  findConfigFile() { ${find} },
  flattenDiagnosticMessageText: (text) => text,
  createLanguageService: () => ({
    getSyntacticDiagnostics: () => [{ category: 1, start: 0, messageText: 'found', code: 1 }],
    getSemanticDiagnostics: () => [],
    getProgram: () => undefined,
  }),
};
`;
const FOUND: readonly CheckerProblem[] = [
  { line: 0, column: 0, message: 'found', code: '1', severity: 'error', hidesMeaning: true },
];

describe('a TypeScript library that', function () {
  this.timeout(60_000);
  let machine: SampleMachine;
  let thread: URL;
  let good: string;

  before(async () => {
    machine = await SampleMachine.create();
    thread = await buildThread(machine.folder);
    good = await machine.program('good/typescript.js', fake(''));
  });
  after(() => machine.remove());

  const broken = (text: string): Promise<string> => machine.program('broken/typescript.js', text);
  const check = (checker: TypescriptChecker, signal = never): ReturnType<TypescriptChecker['check']> =>
    checker.check({ uri: machine.uri('a.ts'), languageId: 'typescript', text: 'text\n' }, signal);

  it('is the project’s own is not loaded while the workspace isn’t trusted', async () => {
    const ran = join(machine.folder, 'ran');
    await writeFile(join(machine.project, 'package.json'), '{}');
    await machine.program(
      'project/node_modules/typescript/lib/typescript.js',
      `require("node:fs").writeFileSync(${JSON.stringify(ran)}, "");\n`,
    );
    const libraries = (uri: string): Promise<readonly string[]> =>
      findLibraries(uri, { workspace: machine.workspace, tools: machine.tools() });
    const checkers = new Checkers([typescriptChecker(thread, { libraries })]);
    const file = { uri: machine.uri('src/a.ts'), languageId: 'typescript', text: 'let a = ;\n' };
    assert.deepEqual(await checkers.check(file, false, never), [{ kind: 'untrusted', by: 'typescript' }]);
    assert.ok(!(await readdir(machine.folder)).includes('ran'));
    // In a trusted one it is: the test above can fail.
    assert.deepEqual(await checkers.check(file, true, never), [{ kind: 'failed', by: 'typescript' }]);
    assert.ok((await readdir(machine.folder)).includes('ran'));
    await rm(ran);
  });

  it('has no interface for programs, is broken, or isn’t there is left for the next one', async () => {
    const native = await machine.program('broken/native.js', 'module.exports = { version: "7.0.0" };\n');
    const invalid = await machine.program('broken/invalid.js', 'module.exports = {;\n');
    const useless = [native, invalid, join(machine.folder, 'nowhere.js')];
    const alone = typescriptChecker(thread, { libraries: () => Promise.resolve(useless) });
    assert.equal(await check(alone), undefined);
    const next = typescriptChecker(thread, { libraries: () => Promise.resolve([...useless, good]) });
    assert.deepEqual(await check(next), FOUND);
  });

  it('hangs is ended at the time limit, blocks nothing meanwhile, and a new thread does the next check', async () => {
    let library = await broken('for (;;);\n');
    const libraries = (): Promise<readonly string[]> => Promise.resolve([library]);
    const checker = typescriptChecker(thread, { libraries, maxMs: 3000 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 50);
    assert.equal(await check(checker), undefined);
    clearInterval(timer);
    assert.ok(ticks > 5, `${ticks}`);
    library = good;
    assert.deepEqual(await check(checker), FOUND);
  });

  for (const [name, code] of Object.entries({
    'takes all memory': 'const kept = []; for (;;) kept.push(new Array(100000).fill(kept.length));',
    throws: 'throw new Error("broken");',
    leaves: 'process.exit(1);',
  })) {
    it(`${name} ends its thread only`, async () => {
      let library = await broken(fake(code));
      const libraries = (): Promise<readonly string[]> => Promise.resolve([library]);
      const checker = typescriptChecker(thread, { libraries, maxMemoryMb: 100 });
      assert.equal(await check(checker), undefined);
      library = good;
      assert.deepEqual(await check(checker), FOUND);
    });
  }

  it('fails twice is left alone for five minutes', async () => {
    let library = await broken(fake('process.exit(1);'));
    let now = 0;
    const libraries = (): Promise<readonly string[]> => Promise.resolve([library]);
    const checker = typescriptChecker(thread, { libraries, now: () => now });
    for (let time = 0; time < 2; time++) assert.equal(await check(checker), undefined);
    library = good;
    now = 299_999;
    assert.equal(await check(checker), undefined);
    now = 300_000;
    assert.deepEqual(await check(checker), FOUND);
  });

  it('is checking is not waited for when the check is aborted', async () => {
    const library = await broken('for (;;);\n');
    const libraries = (): Promise<readonly string[]> => Promise.resolve([library]);
    const checker = typescriptChecker(thread, { libraries, maxMs: 1500 });
    const abort = new AbortController();
    let isOver = false;
    const aborted = check(checker, abort.signal);
    const other = check(checker).then(() => (isOver = true));
    setTimeout(() => abort.abort(new DOMException('no longer wanted', 'AbortError')), 200);
    await assert.rejects(aborted, { name: 'AbortError' });
    assert.ok(!isOver);
    await other;
  });

  it('is not used for a while gives its memory back, and is loaded again', async () => {
    const checker = typescriptChecker(thread, { libraries: () => Promise.resolve([good]), idleMs: 1 });
    for (let time = 0; time < 3; time++) {
      assert.deepEqual(await check(checker), FOUND);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});
