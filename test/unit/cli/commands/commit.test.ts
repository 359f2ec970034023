import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { currentBranch, recentSubjects, stagedDiff } from '../../../../src/cli/source/gitRepository.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal, type FakeTerminalOptions } from '../support/fakeTerminal.js';

const { signal } = new AbortController();
const RENAME = 'diff --git a/a.ts b/b.ts\nsimilarity index 100%\nrename from a.ts\nrename to b.ts\n';

describe('youtu commit', () => {
  const folder = temporaryFolder();
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  const youtu = async (
    options: FakeTerminalOptions = {},
    ...args: readonly string[]
  ): Promise<{ status: number; results: string; notes: string }> => {
    const terminal = new FakeTerminal(false, [], options);
    const status = await runCli(['commit', ...args], createContext(terminal, signal, folder()), '1');
    return { status, results: terminal.results, notes: terminal.notes };
  };
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      cwd: join(folder(), 'repo'),
      encoding: 'utf8',
    });
  const repository = (...subjects: readonly string[]): void => {
    mkdirSync(join(folder(), 'repo'));
    process.chdir(join(folder(), 'repo'));
    git('init', '-q', '-b', 'topic/APP-7-x');
    for (const subject of subjects) git('commit', '-q', '--allow-empty', '-m', subject);
  };

  it('reads a diff from a pipe, and the style from the repository', async () => {
    repository('fix: keep order', 'feat: add a report', 'Merge branch x', 'fix: read files lazily');
    assert.deepEqual(await youtu({ pipe: RENAME }), {
      status: 0,
      results: 'refactor: rename a.ts to b.ts\n',
      notes: '',
    });
    const { results } = await youtu({ pipe: RENAME }, '--json');
    assert.deepEqual(JSON.parse(results), {
      message: 'refactor: rename a.ts to b.ts',
      origin: 'facts',
      files: 1,
    });
  });

  it('without a pipe, or with one that says nothing, takes what is staged', async () => {
    repository('Add a report');
    writeFileSync('run.sh', 'echo 1\n');
    git('add', 'run.sh');
    git('commit', '-q', '-m', 'Add a script');
    git('mv', 'run.sh', 'start.sh');
    for (const options of [{}, { pipe: '' }, { isShared: true }])
      assert.equal((await youtu(options)).results, 'Rename run.sh to start.sh\n');
    // Nothing was committed or unstaged.
    assert.equal(git('status', '--short'), 'R  run.sh -> start.sh\n');
    assert.equal(git('log', '-1', '--format=%s'), 'Add a script\n');
  });

  it('reads bytes that aren’t UTF-8, and UTF-16 of PowerShell', async () => {
    repository();
    const utf16 = Buffer.from(`\ufeff${RENAME}`, 'utf16le');
    assert.equal((await youtu({ pipe: utf16 })).results, 'Rename a.ts to b.ts\n');
    const latin = Buffer.from(
      `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-caf\xe9\n+caf\xe9  \n`,
      'latin1',
    );
    assert.equal((await youtu({ pipe: latin })).results, 'Format x\n');
  });

  it('says what is missing: changes, a diff, a repository, a model', async () => {
    const none = await youtu({ pipe: 'hello' });
    assert.deepEqual([none.status, none.results, /is not a diff/.test(none.notes)], [1, '', true]);
    process.chdir(folder());
    // Not in the repository that the tests may be run in.
    process.env['GIT_CEILING_DIRECTORIES'] = join(folder(), '..');
    try {
      assert.match((await youtu()).notes, /no git repository here/);
    } finally {
      delete process.env['GIT_CEILING_DIRECTORIES'];
    }
    repository();
    const empty = await youtu();
    assert.deepEqual([empty.status, /no changes to describe/.test(empty.notes)], [1, true]);
    const code = 'diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-a\n+b\n';
    const model = await youtu({ pipe: code });
    assert.deepEqual([model.status, /There is no model/.test(model.notes)], [1, true]);
  });

  it('starts no program that a repository’s configuration names', async () => {
    repository('Add a report');
    writeFileSync('.gitattributes', '*.x diff=evil\n');
    for (const [key, value] of [
      ['diff.external', 'touch external; true'],
      ['diff.evil.textconv', 'touch textconv; cat'],
      ['core.pager', 'touch pager; cat'],
    ] as const)
      git('config', key, value);
    writeFileSync('a.x', '1\n');
    git('add', '.');
    assert.match((await stagedDiff(signal)) ?? '', /\+\+\+ b\/a\.x/);
    assert.equal(git('status', '--short').includes('??'), false);
  });

  it('without a repository, commits or a branch knows none', async () => {
    repository();
    assert.deepEqual(await recentSubjects(signal), []);
    assert.equal(await currentBranch(signal), 'topic/APP-7-x');
    await assert.rejects(stagedDiff(AbortSignal.abort(new Error('stop'))), /stop/);
  });
});
