import assert from 'node:assert/strict';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckFile } from '../../../../src/engine/checkers/checker.js';
import { commandChecker } from '../../../../src/engine/checkers/tools/commandChecker.js';
import { PYTHON } from '../../../../src/engine/checkers/tools/python.js';
import { SHELL } from '../../../../src/engine/checkers/tools/scripts.js';
import { realTools, SampleMachine } from './support/machine.js';

const never = new AbortController().signal;

let machine: SampleMachine;
beforeEach(async () => {
  machine = await SampleMachine.create();
});
afterEach(() => machine.remove());

const file = (text: string): CheckFile => ({ uri: machine.uri('a.x'), languageId: 'x', text });

describe('programs of the workspace', () => {
  const SCRIPT = '#!/bin/sh\necho ran\n';

  it('are never run: a virtual environment, a relative entry of the search path, a link, a link to them', async () => {
    await machine.program('project/.venv/bin/tool', SCRIPT);
    await mkdir(join(machine.folder, 'linked'));
    await symlink(join(machine.project, '.venv/bin/tool'), join(machine.folder, 'linked/tool'));
    await symlink(join(machine.project, '.venv/bin'), join(machine.folder, 'linkedFolder'));
    for (const searchPath of [
      ['project/.venv/bin'],
      ['.'],
      ['./.venv/bin'],
      ['linked'],
      ['linkedFolder'],
      [],
    ]) {
      const tools = machine.tools(searchPath);
      assert.equal(await tools.find(['tool'], machine.uri('a.x')), undefined, searchPath.join());
    }
  });

  it('are left out for the same program elsewhere', async () => {
    await machine.program('project/.venv/bin/tool', SCRIPT);
    const outside = await machine.program('bin/tool', SCRIPT);
    const tools = machine.tools(['project/.venv/bin', 'bin']);
    assert.equal(await tools.find(['tool'], machine.uri('a.x')), outside);
    // Nor by what such a program starts.
    const { PATH } = await tools.environment(machine.uri('a.x'), machine.folder);
    assert.equal(PATH, join(machine.folder, 'bin'));
  });

  it('are those of the file’s own project, too, when no folder is open', async () => {
    await machine.program('project/bin/tool', SCRIPT);
    await writeFile(join(machine.project, 'package.json'), '{}');
    machine.workspace.setFolders([]);
    assert.equal(await machine.tools(['project/bin']).find(['tool'], machine.uri('src/a.x')), undefined);
  });
});

describe('the environment of a tool', () => {
  it('has nothing that makes tools load code', async () => {
    const names = [
      ...['NODE_OPTIONS', 'BASH_ENV', 'ENV', 'RUBYOPT', 'RUBYLIB', 'PYTHONPATH', 'PYTHONSTARTUP', 'PERL5OPT'],
      ...['JAVA_TOOL_OPTIONS', 'JDK_JAVAC_OPTIONS', 'RUSTC_WRAPPER', 'RUSTFLAGS', 'GOFLAGS', 'LD_PRELOAD'],
      ...['GCC_EXEC_PREFIX', 'COMPILER_PATH', 'PHPRC', 'DYLD_INSERT_LIBRARIES', 'PROMPT_COMMAND'],
    ];
    const tools = machine.tools(['bin'], {
      ...Object.fromEntries(names.map((name) => [name, 'evil'])),
      HOME: '/home/me',
    });
    const env = await tools.environment(machine.uri('a.x'), '/private');
    assert.deepEqual(env, {
      HOME: '/home/me',
      PATH: join(machine.folder, 'bin'),
      LC_ALL: 'C.UTF-8',
      TMPDIR: '/private',
      TEMP: '/private',
      TMP: '/private',
    });
  });

  it('keeps real tools from running code that it names', async () => {
    const evil = await machine.program('evil.sh', `echo ran > "${machine.folder}/ran"\n`);
    await machine.program('sitecustomize.py', `open(${JSON.stringify(join(machine.folder, 'ran'))}, 'w')\n`);
    const tools = realTools(machine.workspace, {
      BASH_ENV: evil,
      ENV: evil,
      PYTHONPATH: machine.folder,
      PYTHONSTARTUP: evil,
    });
    const shell = commandChecker(SHELL, tools);
    assert.deepEqual(await shell.check({ ...file('echo a\n'), languageId: 'shellscript' }, never), []);
    const python = commandChecker(PYTHON, tools);
    assert.deepEqual(await python.check({ ...file('x = 1\n'), languageId: 'python' }, never), []);
    assert.ok(!(await readdir(machine.folder)).includes('ran'));
  });
});
