import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { EditReview } from '../../src/extension/edit/editReview.js';
import { EngineFailure } from '../../src/extension/engine/engineClient.js';
import { runTests, type TestRunResult } from '../../src/extension/tests/testRun.js';
import { writeTests, type TestDeps } from '../../src/extension/tests/writeTests.js';
import {
  TestPlanRequest,
  WriteTestsRequest,
  type TestPlan,
  type WriteTestsParams,
  type WrittenTests,
} from '../../src/protocol/tests.js';
import { openPreview, undoOnce } from './support/edits.js';
import { notificationShows, pressInNotification } from './support/notifications.js';
import { OneFile } from './support/oneFile.js';
import { takeScreenshots } from './support/screenshots.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { until } from './support/until.js';
import { hasPage } from './support/workbench.js';

const ADD = 'export function add(a, b) {\n  return a + b;\n}\n';
const test = (sum: number): string =>
  `import { it } from 'node:test';\nimport assert from 'node:assert/strict';\nimport { add } from './add.mjs';\n\nit('adds', () => {\n  assert.equal(add(1, 2), ${sum});\n});\n`;

/** The engine is scripted; what runs the tests is real. */
describe('writing tests', function () {
  this.timeout(240_000);
  const folder = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'written tests');
  const path = join(folder, 'add.test.mjs');
  const log = vscode.window.createOutputChannel('Youtu Code tests', { log: true });
  let review: EditReview;
  let engine: ScriptedEngine;
  let requests: WriteTestsParams[];
  /** Of the test file, where it isn't the usual one. */
  let testUri: string | undefined;

  beforeEach(async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'add.mjs'), ADD);
    review = new EditReview(log);
    engine = new ScriptedEngine(() => null);
    requests = [];
    testUri = undefined;
  });
  afterEach(async () => {
    await review.reject();
    review.dispose();
    await vscode.commands.executeCommand('notifications.clearAll');
    while (vscode.window.activeTextEditor !== undefined)
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  after(() => log.dispose());

  /** Asks for tests, of which the engine writes one after another. */
  const write = (...texts: readonly string[]): Promise<void> => writeWith({ engine, review, log }, ...texts);

  async function writeWith(deps: TestDeps, ...texts: readonly string[]): Promise<void> {
    const exists = existsSync(path);
    const plan: TestPlan = {
      subject: 'add',
      framework: 'node:test',
      uri: testUri ?? pathToFileURL(path).href,
      exists: testUri !== undefined || exists,
      command: { words: ['node', '--test', 'add.test.mjs'], folder },
    };
    engine.respond(TestPlanRequest, () => plan);
    engine.respond(WriteTestsRequest, (params): WrittenTests => {
      const newText = texts[requests.push(params) - 1];
      if (newText === undefined) throw new EngineFailure({ kind: 'editImpossible', reason: 'noChange' });
      const oldText = (params.testText ?? '').replace(/\n$/, '');
      const old = oldText.split('\n');
      const end = { line: old.length - 1, character: old.at(-1)?.length ?? 0 };
      return {
        ...plan,
        range: { start: { line: 0, character: 0 }, end },
        oldText,
        newText: oldText === '' ? newText : newText.replace(/\n$/, ''),
        tests: newText,
        verdict: { kind: 'unverified', reason: 'notReproduced', by: ['tree-sitter'] },
        model: 'scripted',
      };
    });
    const document = await vscode.workspace.openTextDocument(join(folder, 'add.mjs'));
    const range = new vscode.Range(1, 0, 1, 0);
    await writeTests(deps, { document, range, isSelection: false, diagnostics: [] });
  }

  it('shows a new file as a diff, and writes nothing before it is applied and saved', async () => {
    await write(test(3));
    const preview = await vscode.workspace.openTextDocument(await until('the diff is open', openPreview));
    await until('the tests are shown', () => preview.getText() === test(3));
    await notificationShows('Tests for add (node:test) are ready. They were checked, but not run.');
    await takeScreenshots('write-tests');
    assert.equal(existsSync(path), false);
    await review.reject();
    assert.equal(existsSync(path), false);
    await until('the new file is closed', () =>
      vscode.window.tabGroups.all.every(({ tabs }) => tabs.every(({ label }) => label !== 'add.test.mjs')),
    );
  });

  it('runs them when the user wants it, retries once what fails, and says how it ends', async () => {
    await write(test(4), test(3));
    await review.accept();
    assert.equal(existsSync(path), false);
    await notificationShows('Run the tests? node --test add.test.mjs');
    if (!hasPage) return;
    await pressInNotification('Save and Run');
    await notificationShows('The tests failed. Here is another version, which was not run yet.');
    assert.equal(await readFile(path, 'utf8'), test(4));
    await takeScreenshots('write-tests-again');
    assert.match(requests[1]?.failed?.output ?? '', /3 !== 4/);
    assert.equal(requests[1]?.failed?.newText, test(4));
    await review.accept();
    await notificationShows('Run the tests? node --test add.test.mjs');
    await pressInNotification('Save and Run');
    await notificationShows('The tests pass.');
    assert.equal(await readFile(path, 'utf8'), test(3));
  });

  it('saves the next version to the file, however soon the first one has failed', async () => {
    const outcomes: TestRunResult[] = [
      { kind: 'failed', output: '3 !== 4', show: () => undefined },
      { kind: 'passed' },
    ];
    const run = (): Promise<TestRunResult> =>
      Promise.resolve(outcomes.shift() ?? assert.fail('no third run'));
    await writeWith({ engine, review, log, run }, test(4), test(3));
    await review.accept();
    if (!hasPage) return;
    await notificationShows('Run the tests?');
    await pressInNotification('Save and Run');
    await notificationShows('The tests failed. Here is another version, which was not run yet.');
    await review.accept();
    await notificationShows('Run the tests?');
    await pressInNotification('Save and Run');
    await notificationShows('The tests pass.');
    assert.equal(await readFile(path, 'utf8'), test(3));
  });

  it('doesn’t say that they pass when none was run, and doesn’t ask the model for others', async () => {
    const outcomes: TestRunResult[] = [
      { kind: 'noTests', show: () => undefined },
      { kind: 'notCounted', show: () => undefined },
    ];
    const sentences = [
      'No test was run: node:test found none, or skipped all.',
      'The command ended without an error, but its output doesn’t say that a test was run.',
    ];
    for (const [index, outcome] of outcomes.entries()) {
      await writeWith({ engine, review, log, run: () => Promise.resolve(outcome) }, test(3), test(3));
      await review.accept();
      if (!hasPage) return;
      await notificationShows('Run the tests?');
      await pressInNotification('Save and Run');
      await notificationShows(sentences[index] ?? '');
      assert.equal(requests.length, 1);
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(path, { force: true });
      requests = [];
    }
  });

  it('says that they fail when the model has no other version', async () => {
    await write(test(4));
    await review.accept();
    if (!hasPage) return;
    await notificationShows('Run the tests?');
    await pressInNotification('Save and Run');
    await notificationShows('The tests fail. Either they expect something wrong, or the code is wrong.');
    assert.equal(requests.length, 2);
  });

  it('adds them to a file that is there, in one undo step', async () => {
    const before = "import { it } from 'node:test';\n\nit('is there', () => {});\n";
    await writeFile(path, before);
    const after = `${before}\nit('is new', () => {});\n`;
    await write(after);
    assert.equal(requests[0]?.testText, before);
    await review.accept();
    const document = await vscode.workspace.openTextDocument(path);
    assert.equal(document.getText(), after);
    assert.equal(await readFile(path, 'utf8'), before);
    await undoOnce(document);
    assert.equal(document.getText(), before);
  });

  it('doesn’t overwrite a file that was made meanwhile', async () => {
    await write(test(3));
    await writeFile(path, '// Mine.\n');
    await review.accept();
    const made = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'untitled' && uri.fsPath === path,
    );
    assert.equal(made?.getText(), test(3));
    assert.equal(await readFile(path, 'utf8'), '// Mine.\n');
  });

  it('are written, but not run, in a folder that isn’t trusted, and no compiler is asked', async () => {
    let runs = 0;
    const run = (): ReturnType<typeof runTests> => {
      runs++;
      return Promise.resolve({ kind: 'passed' });
    };
    await writeWith({ engine, review, log, isTrusted: false, run }, test(3));
    assert.equal(requests[0]?.isTrusted, false);
    await review.accept();
    await notificationShows('The tests can’t be run here, because this folder isn’t trusted.');
    assert.equal(runs, 0);
    assert.equal(existsSync(path), false);
  });

  it('aren’t written into a read-only file', async () => {
    const files = vscode.workspace.registerFileSystemProvider('vscode-vfs', new OneFile('// Mine.\n'), {
      isReadonly: true,
    });
    try {
      testUri = 'vscode-vfs://test/add.test.mjs';
      await write(test(3));
      await notificationShows('The document can’t be changed because it is read-only.');
      assert.equal(requests.length, 0);
      assert.equal(openPreview(), undefined);
    } finally {
      files.dispose();
    }
  });

  it('says why there are none', async () => {
    engine.respond(TestPlanRequest, () => {
      throw new EngineFailure({ kind: 'editImpossible', reason: 'noTestFramework' });
    });
    const document = await vscode.workspace.openTextDocument(join(folder, 'add.mjs'));
    const range = new vscode.Range(1, 0, 1, 0);
    await writeTests({ engine, review, log }, { document, range, isSelection: false, diagnostics: [] });
    await notificationShows('No test framework was found');
  });
});
