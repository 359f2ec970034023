import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { writeCommitMessage } from '../../src/extension/commit/commitMessage.js';
import { gitRepositories, type GitRepository } from '../../src/extension/commit/gitExtension.js';
import { CommitMessageRequest, type CommitMessageParams } from '../../src/protocol/commit.js';
import { ScriptedEngine } from './support/scriptedEngine.js';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';
import { click, hasPage, hover, readTexts, settled } from './support/workbench.js';

interface GitApi {
  openRepository(root: vscode.Uri): Promise<unknown>;
}

/** VS Code's own git extension, with repositories of this test. */
describe('a commit message', function () {
  this.timeout(120_000);
  const folders: string[] = [];
  const log = vscode.window.createOutputChannel('commit test', { log: true });
  let root: string;
  let repository: GitRepository;

  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
  const refreshed = async (what: string, is: () => boolean): Promise<void> => {
    await vscode.commands.executeCommand('git.refresh', repository);
    await until(what, is);
  };

  async function open(): Promise<GitRepository> {
    root = mkdtempSync(join(tmpdir(), 'youtu-git-'));
    folders.push(root);
    git('init', '-q', '-b', 'main');
    write('days.py', 'def count(days):\n    return len(days)\n');
    write('other.py', 'x = 1\n');
    git('add', '.');
    git('commit', '-q', '-m', 'Add days');
    const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    assert.ok(extension);
    await (await extension.activate()).getAPI(1).openRepository(vscode.Uri.file(root));
    return until('git knows the repository', async () =>
      (await gitRepositories())?.find(({ rootUri }) => rootUri.fsPath === root),
    );
  }

  beforeEach(async () => {
    repository = await open();
  });
  afterEach(async () => {
    repository.inputBox.value = '';
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('git.close', repository);
  });
  after(() => {
    log.dispose();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** An engine that answers with a message and records what it was asked. */
  function engine(message = 'Count only weekdays'): { engine: ScriptedEngine; asked: CommitMessageParams[] } {
    const asked: CommitMessageParams[] = [];
    const scripted = new ScriptedEngine(() => null);
    scripted.respond(CommitMessageRequest, (params) => {
      asked.push(params);
      return { message, origin: 'model' as const, files: 1 };
    });
    return { engine: scripted, asked };
  }

  it('is written by the engine for what is staged, into the view’s input', async () => {
    write('days.py', 'def count(days):\n    return len(weekdays(days))\n');
    git('add', 'days.py');
    await refreshed('it is staged', () => repository.state.indexChanges.length === 1);
    await vscode.commands.executeCommand('workbench.view.scm');
    await vscode.commands.executeCommand('youtu.commitMessage', { rootUri: repository.rootUri });
    assert.equal(repository.inputBox.value, 'Count only weekdays');
    await settled();
    await takeScreenshots('commit-message');
    assert.equal(git('log', '-1', '--format=%s'), 'Add days\n');
  });

  it('is asked for with the button of the view', async () => {
    if (!hasPage) return;
    write('days.py', 'def count(days):\n    return len(weekdays(days))\n');
    await refreshed('it has changed', () => repository.state.workingTreeChanges.length === 1);
    await vscode.commands.executeCommand('workbench.view.scm');
    // Actions of a section show while the mouse is on it.
    await hover('.part.sidebar .pane-header:has-text("Changes")');
    await click('.part.sidebar .pane-header a[aria-label*="Write a Commit Message"]');
    await until('the message is there', () => repository.inputBox.value === 'Count only weekdays');
  });

  it('is about what is staged alone, in the style of the earlier subjects', async () => {
    write('days.py', 'staged = 1\n');
    git('add', 'days.py');
    write('other.py', 'unstaged = 1\n');
    await refreshed('one is staged', () => repository.state.indexChanges.length === 1);
    const { engine: scripted, asked } = engine();
    await writeCommitMessage(scripted, log, { rootUri: repository.rootUri });
    const [{ diff, subjects, branch } = { diff: '', subjects: [], branch: '' }] = asked;
    assert.match(diff, /\+staged = 1/);
    assert.doesNotMatch(diff, /unstaged/);
    assert.deepEqual([subjects, branch], [['Add days'], 'main']);
  });

  it('with nothing staged is about all that VS Code would commit, but reads no secrets', async () => {
    write('days.py', 'changed = 1\n');
    write('new.py', 'new = 1\n');
    write('.env', 'TOKEN=hunter2\n');
    await refreshed('three have changed', () => repository.state.workingTreeChanges.length === 3);
    const { engine: scripted, asked } = engine();
    await writeCommitMessage(scripted, log, { rootUri: repository.rootUri });
    assert.match(asked[0]?.diff ?? '', /\+changed = 1\n/);
    assert.match(asked[0]?.diff ?? '', /\+\+\+ b\/new\.py\n@@ -0,0 \+1,1 @@\n\+new = 1/);
    assert.match(asked[0]?.diff ?? '', /b\/\.env\nnew file/);
    assert.doesNotMatch(asked[0]?.diff ?? '', /hunter2/);
    await vscode.workspace
      .getConfiguration('git')
      .update('smartCommitChanges', 'tracked', vscode.ConfigurationTarget.Global);
    try {
      await writeCommitMessage(scripted, log, { rootUri: repository.rootUri });
      assert.doesNotMatch(asked[1]?.diff ?? '', /new\.py/);
    } finally {
      await vscode.workspace
        .getConfiguration('git')
        .update('smartCommitChanges', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('without changes isn’t asked for', async () => {
    const { engine: scripted, asked } = engine();
    await writeCommitMessage(scripted, log, { rootUri: repository.rootUri });
    assert.deepEqual([asked, repository.inputBox.value], [[], '']);
  });

  it('doesn’t replace what the user has written, unless they say so', async () => {
    write('days.py', 'changed = 1\n');
    await refreshed('it has changed', () => repository.state.workingTreeChanges.length === 1);
    const { engine: scripted } = engine();
    repository.inputBox.value = 'My own words';
    await writeCommitMessage(scripted, log, { rootUri: repository.rootUri });
    assert.equal(repository.inputBox.value, 'My own words');
    if (!hasPage) return;
    await vscode.commands.executeCommand('notifications.showList');
    const item = '.notification-list-item:has-text("already written a commit message")';
    await until('the user is asked', async () => (await readTexts(item)).length > 0);
    await takeScreenshots('commit-message-asked');
    await click(`${item} .monaco-button:has-text("Replace")`);
    await until('it is replaced', () => repository.inputBox.value === 'Count only weekdays');
  });

  it('can be cancelled while it is written', async () => {
    if (!hasPage) return;
    write('days.py', 'changed = 1\n');
    await refreshed('it has changed', () => repository.state.workingTreeChanges.length === 1);
    const scripted = new ScriptedEngine(() => null);
    scripted.respond(CommitMessageRequest, () => new Promise<never>(() => undefined));
    const writing = writeCommitMessage(scripted, log, { rootUri: repository.rootUri });
    const item = '.notification-list-item:has-text("Writing the message")';
    await until('the progress shows', async () => {
      await vscode.commands.executeCommand('notifications.showList');
      return (await readTexts(item)).length > 0;
    });
    await click(`${item} .monaco-button:has-text("Cancel")`);
    await assert.rejects(writing, (error) => error instanceof vscode.CancellationError);
    assert.equal(repository.inputBox.value, '');
  });

  it('is written for the repository that the user chooses of several, or for none', async () => {
    if (!hasPage) return;
    const first = repository;
    const firstRoot = root;
    const second = await open();
    write('days.py', 'changed = 1\n');
    await vscode.commands.executeCommand('git.refresh', second);
    await until('it has changed', () => second.state.workingTreeChanges.length === 1);
    const row = (folder: string): string =>
      `.quick-input-list .monaco-list-row:has-text("${basename(folder)}")`;
    try {
      const { engine: scripted, asked } = engine();
      const dismissed = writeCommitMessage(scripted, log, undefined);
      await until('both are offered', async () => {
        const counts = await Promise.all(
          [firstRoot, root].map(async (each) => (await readTexts(row(each))).length),
        );
        return counts.every((count) => count === 1);
      });
      await takeScreenshots('commit-message-repositories');
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await dismissed;
      assert.equal(asked.length, 0);
      const writing = writeCommitMessage(scripted, log, undefined);
      await until('they are offered again', async () => (await readTexts(row(root))).length === 1);
      await click(row(root));
      await writing;
      assert.deepEqual([second.inputBox.value, first.inputBox.value], ['Count only weekdays', '']);
    } finally {
      await vscode.commands.executeCommand('git.close', second);
    }
  });

  it('of a repository without commits has no subjects', async () => {
    root = mkdtempSync(join(tmpdir(), 'youtu-git-'));
    folders.push(root);
    git('init', '-q');
    write('a.py', 'a = 1\n');
    git('add', '.');
    const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    await extension?.exports.getAPI(1).openRepository(vscode.Uri.file(root));
    const empty = await until('git knows it', async () =>
      (await gitRepositories())?.find(({ rootUri }) => rootUri.fsPath === root),
    );
    await until('it is staged', () => empty.state.indexChanges.length === 1);
    const { engine: scripted, asked } = engine('Add a');
    await writeCommitMessage(scripted, log, { rootUri: empty.rootUri });
    assert.deepEqual(
      [asked[0]?.subjects, empty.inputBox.value, repository.inputBox.value],
      [[], 'Add a', ''],
    );
    await vscode.commands.executeCommand('git.close', empty);
  });
});
