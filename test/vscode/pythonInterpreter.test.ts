import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { withChosenPython } from '../../src/extension/tests/pythonInterpreter.js';
import type { TestPlan } from '../../src/protocol/tests.js';

/** Of the stand-in for the Python extension, in `support/pythonExtension`. */
interface StandIn {
  choose(path: string, executable?: string): void;
}

describe('the interpreter that runs tests in Python', function () {
  this.timeout(60_000);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const path = join(folder, 'chosen_python.py');
  const plan: TestPlan = {
    subject: 'add',
    framework: 'pytest',
    uri: vscode.Uri.file(join(folder, 'tests/test_add.py')).toString(),
    exists: false,
    command: { words: ['./.venv/bin/python', '-m', 'pytest', 'tests/test_add.py'], folder },
  };
  const extension = vscode.extensions.getExtension<StandIn>('ms-python.python');

  async function python(languageId = 'python'): Promise<string> {
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.languages.setTextDocumentLanguage(document, languageId);
    const { words, ...rest } = (await withChosenPython(plan, document)).command;
    assert.deepEqual(words.slice(1), plan.command.words.slice(1));
    assert.deepEqual(rest, { folder });
    return words[0] ?? '';
  }

  const configure = (value: string | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('python')
      .update('defaultInterpreterPath', value, vscode.ConfigurationTarget.Workspace);

  before(() => writeFile(path, 'def add(a, b):\n    return a + b\n'));
  afterEach(() => configure(undefined));
  after(() => rm(path));

  it('is the project’s own or the machine’s while the user has chosen none', async () => {
    assert.equal(await python(), './.venv/bin/python');
  });

  it('is the one in the settings, with their variables', async () => {
    await configure('/opt/python/bin/python3.12');
    assert.equal(await python(), '/opt/python/bin/python3.12');
    await configure('${workspaceFolder}/envs/one/bin/python');
    assert.equal(await python(), join(folder, 'envs/one/bin/python'));
    await configure('envs/two/bin/python');
    assert.equal(await python(), join(folder, 'envs/two/bin/python'));
    await configure('~/venvs/three/bin/python');
    assert.equal(await python(), join(homedir(), 'venvs/three/bin/python'));
    await configure('python3.11');
    assert.equal(await python(), 'python3.11');
    assert.equal(await python('javascript'), './.venv/bin/python');
  });

  it('is the one that is chosen in the Python extension, before the settings', async () => {
    const api = (await extension?.activate()) ?? assert.fail('the stand-in is not installed');
    await configure('/opt/python/bin/python3.12');
    assert.equal(await python(), '/opt/python/bin/python3.12');
    api.choose('/envs/conda', '/envs/conda/bin/python');
    assert.equal(await python(), '/envs/conda/bin/python');
    // An environment that has no interpreter yet.
    api.choose('/envs/conda');
    assert.equal(await python(), '/opt/python/bin/python3.12');
    api.choose('');
  });
});
