import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { createContext } from '../../../../src/cli/commandContext.js';
import { completionTable } from '../../../../src/cli/shellCompletion/completionTable.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

async function scriptFor(shell: string): Promise<string> {
  const terminal = new FakeTerminal();
  const context = createContext(terminal, new AbortController().signal, '/nowhere');
  assert.equal(await runCli(['completion', shell], context, '1.2.3'), 0);
  return terminal.results;
}

const hasShell = (name: string): boolean => spawnSync(name, ['--version']).status === 0;

describe('the completion table', () => {
  const program = new Command('youtu').version('1').option('--json', 'JSON');
  program
    .command('get <id>')
    .description('fetch')
    .option('-m, --model <ID|PATH>', 'a model')
    .addOption(new Option('--when <WHEN>').choices(['now', 'later']))
    .option('--secret', 'hidden');
  program.command('shell').addArgument(new Argument('[SHELL]').choices(['bash', 'zsh']));
  const [root, get, shell] = completionTable(program, ['small', 'large']);

  it('is derived from the commands', () => {
    assert.deepEqual(root?.commands, [
      { word: 'get', description: 'fetch' },
      { word: 'shell', description: '' },
    ]);
    assert.equal(get?.path, 'get');
    assert.deepEqual(shell?.argument, { words: ['bash', 'zsh'], files: false });
  });

  it('offers ids and files as in the help, choices, and nothing for a flag', () => {
    assert.deepEqual(get?.argument, { words: ['small', 'large'], files: false });
    const values = new Map(
      get.options.flatMap(({ flags, values: given }) => flags.map((flag) => [flag, given])),
    );
    assert.deepEqual(values.get('--model'), { words: ['small', 'large'], files: true });
    assert.deepEqual(values.get('-m'), values.get('--model'));
    assert.deepEqual(values.get('--when'), { words: ['now', 'later'], files: false });
    assert.equal(values.get('--secret'), undefined);
    assert.ok(values.has('--json') && values.has('--help') && !values.has('--version'));
  });
});

describe('completion in bash', function () {
  const folder = temporaryFolder();
  let script: string;

  before(async function () {
    if (!hasShell('bash')) this.skip();
    script = await scriptFor('bash');
  });

  /** What bash offers for these words, the last of which is incomplete. */
  function offered(...words: string[]): string[] {
    mkdirSync(join(folder(), 'src'), { recursive: true });
    writeFileSync(join(folder(), 'a file.py'), '');
    const ask = `${script}
COMP_WORDS=(youtu "$@"); COMP_CWORD=$#
_youtu youtu "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask, 'bash', ...words], {
      cwd: folder(),
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout.trimEnd().split('\n').filter(Boolean).sort();
  }

  const table: [words: string[], expected: string[]][] = [
    [['com'], ['commit', 'complete', 'completion']],
    [
      ['model', ''],
      ['add', 'check', 'get', 'list', 'remove', 'update'],
    ],
    [['--json', 'model', 'li'], ['list']],
    [['model', 'get', 'smol'], ['smollm2-135m']],
    [['model', 'get', '--accept'], ['--accept-licence']],
    [
      ['chat', '--thinking', ''],
      ['auto', 'off', 'on'],
    ],
    [['chat', '--thinking', 'on', '--temp'], ['--temperature']],
    // The value of an option isn't a command.
    [['chat', '--system', 'model', '--max'], ['--max-tokens']],
    [['chat', '--max-tokens', ''], []],
    [['chat', '--model', 'smo'], ['smollm2-135m']],
    [
      ['fix', ''],
      ['a file.py', 'src'],
    ],
    [['completion', 'f'], ['fish']],
    [['nonsense', 'mod'], ['model']],
    [['bench', 'se'], ['seed']],
  ];
  for (const [words, expected] of table)
    it(`offers ${expected.join(', ') || 'nothing'} after “${words.join(' ')}”`, () =>
      assert.deepEqual(offered(...words), expected));
});

describe('the script for', () => {
  const folder = temporaryFolder();
  for (const shell of SHELLS)
    it(`${shell} contains commands, choices and models, and how to install it`, async () => {
      const script = await scriptFor(shell);
      for (const word of ['completion', 'thinking', 'smollm2-135m', 'accept-licence'])
        assert.ok(script.includes(word), word);
      assert.match(script, new RegExp(`youtu completion ${shell}`));
    });

  for (const [shell, check] of [
    ['bash', ['-n']],
    ['zsh', ['-n']],
    ['fish', ['--no-execute']],
  ] as const)
    it(`${shell} has valid syntax for the shell`, async function () {
      if (!hasShell(shell)) this.skip();
      const file = join(folder(), `youtu.${shell}`);
      writeFileSync(file, await scriptFor(shell));
      const { status, stderr } = spawnSync(shell, [...check, file], { encoding: 'utf8' });
      assert.deepEqual([status, stderr], [0, '']);
    });

  it('works in fish', async function () {
    if (!hasShell('fish')) this.skip();
    const file = join(folder(), 'youtu.fish');
    writeFileSync(file, await scriptFor('fish'));
    const complete = (line: string): string =>
      spawnSync('fish', ['-c', `source ${file}; complete -C'${line}'`], { encoding: 'utf8' }).stdout;
    assert.match(complete('youtu ser'), /^serve\t/m);
    assert.match(complete('youtu model get qw'), /^qwen2\.5-coder-0\.5b\b/m);
  });

  it('rejects an unknown shell', async () => {
    const terminal = new FakeTerminal();
    const context = createContext(terminal, new AbortController().signal, '/nowhere');
    assert.equal(await runCli(['completion', 'tcsh'], context, '1'), 2);
    assert.match(terminal.notes, /bash, zsh, fish, powershell/);
  });
});
