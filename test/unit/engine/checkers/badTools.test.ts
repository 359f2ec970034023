import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckFile, CheckerProblem } from '../../../../src/engine/checkers/checker.js';
import { inPrivateFolder, removeOldFolders } from '../../../../src/engine/checkers/machine/privateFolder.js';
import { runTool, type ToolRun } from '../../../../src/engine/checkers/machine/runTool.js';
import { commandChecker, type CommandTool } from '../../../../src/engine/checkers/tools/commandChecker.js';
import { PYTHON } from '../../../../src/engine/checkers/tools/python.js';
import { SHELL } from '../../../../src/engine/checkers/tools/scripts.js';
import { realTools, SampleMachine } from './support/machine.js';

const never = new AbortController().signal;
const SYSTEM_PATH = 'PATH=/usr/bin:/bin';

/** A tool named `tool` that is given a copy of the text. */
const TOOL: CommandTool = {
  name: 'tool',
  languageIds: ['x'],
  programs: () => ['tool'],
  prepare: async ({ copy }) => ({ args: [await copy('copy.x')] }),
  read: ({ code, stdout }): readonly CheckerProblem[] | undefined =>
    code === 0 ? [{ line: 0, column: 0, message: stdout, severity: 'error' }] : undefined,
};

let machine: SampleMachine;
beforeEach(async () => {
  machine = await SampleMachine.create();
});
afterEach(() => machine.remove());

function run(program: string, more: Partial<ToolRun> = {}): ReturnType<typeof runTool> {
  return runTool({ program, args: [], folder: machine.folder, env: {}, signal: never, ...more });
}

const file = (text = 'text\n'): CheckFile => ({ uri: machine.uri('a.x'), languageId: 'x', text });

async function isRunning(pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(join(machine.folder, pidFile), 'utf8'));
  for (let look = 0; look < 40; look++) {
    // A killed process may wait for its parent to read its exit code.
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ');
    if (/ [ZX] /.test(state)) return false;
    await sleep(50);
  }
  return true;
}

describe('a tool that', () => {
  it('hangs and ignores SIGTERM is ended at its time limit', async () => {
    const program = await machine.program(
      'bin/tool',
      `#!/bin/sh\n${SYSTEM_PATH}\ntrap '' TERM INT HUP\necho $$ > pid\nwhile :; do sleep 1; done\n`,
    );
    assert.equal(await run(program, { maxMs: 700 }), undefined);
    assert.equal(await isRunning('pid'), false);
  });

  it('floods its output is ended', async () => {
    const program = await machine.program(
      'bin/tool',
      `#!/bin/sh\n${SYSTEM_PATH}\necho $$ > pid\nexec head -c 1000000000 /dev/zero\n`,
    );
    const before = process.memoryUsage().rss;
    assert.equal(await run(program), undefined);
    assert.ok(process.memoryUsage().rss - before < 200_000_000);
    assert.equal(await isRunning('pid'), false);
  });

  it('floods its errors is ended, too', async () => {
    const program = await machine.program('bin/tool', `#!/bin/sh\n${SYSTEM_PATH}\nexec yes >&2\n`);
    assert.equal(await run(program), undefined);
  });

  it('leaves a process behind has it ended', async () => {
    const program = await machine.program(
      'bin/tool',
      `#!/bin/sh\n${SYSTEM_PATH}\nsleep 1000 &\necho $! > pid\necho done\n`,
    );
    assert.deepEqual(await run(program), { code: 0, stdout: 'done\n', stderr: '' });
    assert.equal(await isRunning('pid'), false);
  });

  it('leaves a process in another group behind, with its pipes open, is not waited for', async () => {
    const child = `require('node:child_process').spawn('sleep', ['20'], { detached: true, stdio: 'inherit' }).unref(); console.log('done')`;
    assert.deepEqual(await run(process.execPath, { args: ['-e', child], env: { PATH: '/usr/bin:/bin' } }), {
      code: 0,
      stdout: 'done\n',
      stderr: '',
    });
  });

  it('doesn’t read its input is no failure', async () => {
    const program = await machine.program('bin/tool', '#!/bin/sh\nexit 0\n');
    assert.deepEqual(await run(program, { input: 'x'.repeat(2_000_000) }), {
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('is killed, is no program, or isn’t there has no verdict', async () => {
    assert.equal(await run(await machine.program('bin/a', '#!/bin/sh\nkill -9 $$\n')), undefined);
    assert.equal(await run(await machine.program('bin/b', '#!/nowhere/interpreter\n')), undefined);
    assert.equal(await run(join(machine.folder, 'bin/c')), undefined);
    const checker = commandChecker(TOOL, machine.tools());
    assert.equal(await checker.isAvailable(file()), false);
    assert.equal(await checker.check(file(), never), undefined);
  });

  it('is running is ended when the check is aborted', async () => {
    const program = await machine.program(
      'bin/tool',
      `#!/bin/sh\n${SYSTEM_PATH}\necho $$ > pid\nexec sleep 1000\n`,
    );
    const abort = new AbortController();
    const running = run(program, { signal: abort.signal });
    for (let look = 0; look < 500; look++) {
      const written = await readFile(join(machine.folder, 'pid'), 'utf8').catch(() => '');
      if (written.endsWith('\n')) break;
      await sleep(10);
    }
    abort.abort(new DOMException('no longer wanted', 'AbortError'));
    await assert.rejects(running, { name: 'AbortError' });
    assert.equal(await isRunning('pid'), false);
  });

  it('edits files only has a copy of the text, which is removed with all that it wrote', async () => {
    await writeFile(join(machine.project, 'a.x'), 'text\n');
    await machine.program(
      'bin/tool',
      `#!/bin/sh\n${SYSTEM_PATH}\nchmod u+w "$1"; echo changed > "$1"; echo new > new.txt; mkdir deep; echo x > deep/x\npwd\n`,
    );
    const [problem] = (await commandChecker(TOOL, machine.tools()).check(file('newer\n'), never)) ?? [];
    assert.equal(problem?.message, '\n', 'the private folder is left out of messages');
    assert.deepEqual(await readdir(machine.project), ['a.x']);
    assert.equal(await readFile(join(machine.project, 'a.x'), 'utf8'), 'text\n');
  });

  it('sees a folder that no other user can read', async () =>
    inPrivateFolder(async (folder) => {
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
      const parent = await stat(join(folder, '..'));
      assert.equal(parent.mode & 0o002, 0, 'others could put configuration for tools above it');
    }));
});

describe('folders of checks', () => {
  it('that a killed engine has left are removed a day later', () =>
    withTemporaryFolder(machine.folder, () =>
      inPrivateFolder(async (folder) => {
        assert.equal(dirname(folder), machine.folder);
        const { mtimeMs } = await stat(folder);
        await removeOldFolders(mtimeMs + 86_400_000);
        assert.ok((await stat(folder)).isDirectory(), 'it may be in use');
        await removeOldFolders(mtimeMs + 86_400_001);
        await assert.rejects(stat(folder), { code: 'ENOENT' });
      }),
    ));
});

async function withTemporaryFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await work();
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}

describe('the text of', () => {
  const shell = (): ReturnType<typeof commandChecker> => commandChecker(SHELL, realTools(machine.workspace));

  it('a file is never run', async () => {
    const text = `touch "${machine.folder}/ran"\n$(touch "${machine.folder}/ran")\n`;
    assert.deepEqual(await shell().check({ ...file(text), languageId: 'shellscript' }, never), []);
    const python = commandChecker(PYTHON, realTools(machine.workspace));
    const code = `open(${JSON.stringify(join(machine.folder, 'ran'))}, 'w')\nimport evil\n`;
    await machine.program('project/evil.py', code);
    assert.deepEqual(await python.check({ ...file(code), languageId: 'python' }, never), []);
    assert.ok(!(await readdir(machine.folder)).includes('ran'));
  });

  it('files with blanks, quotes, line breaks and dashes in their names is checked', async () => {
    for (const name of ['a b.sh', '-n.sh', 'it\'s "x".sh', 'two\nlines.sh', '$(touch ran).sh', 'ü%20.sh'])
      assert.deepEqual(
        (
          await shell().check({ uri: machine.uri(name), languageId: 'shellscript', text: 'if\n' }, never)
        )?.map(({ line }) => line),
        [1],
        name,
      );
  });

  it('untitled documents and notebook cells is checked where it can stand alone', async () => {
    for (const uri of ['untitled:Untitled-1', 'vscode-notebook-cell:/n.ipynb#W0', 'not a uri']) {
      const found = await shell().check({ uri, languageId: 'shellscript', text: 'if\n' }, never);
      assert.deepEqual(
        found?.map(({ line }) => line),
        [1],
        uri,
      );
    }
  });

  it('a file has no verdict when the disk is full, or no temporary folder is there', async () => {
    await machine.program('bin/tool', '#!/bin/sh\nexit 0\n');
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const broken = commandChecker({ ...TOOL, prepare: () => Promise.reject(full) }, machine.tools());
    assert.equal(await broken.check(file(), never), undefined);
    await withTemporaryFolder(join(machine.folder, 'nowhere'), async () =>
      assert.equal(await commandChecker(TOOL, machine.tools()).check(file(), never), undefined),
    );
  });
});
