import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext } from '../../src/cli/commandContext.js';
import { runCli } from '../../src/cli/runCli.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { longRun, runsOf } from '../fixtures/longRuns.js';
import { FakeTerminal } from '../unit/cli/support/fakeTerminal.js';
import { youtu } from './support/youtu.js';

const LENGTH = 400_000;
/** The kernel takes arguments of up to 128 KiB. */
const ARGUMENT_LENGTH = 40_000;
const { signal } = new AbortController();

/** A command's arguments without the model's, and what is piped in. */
type Door = readonly [args: readonly string[], pipe?: string];

describe('long runs through the command line', function () {
  this.timeout(240_000);
  let folder: string;
  let model: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-runs-'));
    model = await scriptedCoder();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  /** Has its result, or says in a sentence why there is none. */
  async function isAnswered(what: string, [args, pipe]: Door, statuses: readonly number[]): Promise<void> {
    const terminal = new FakeTerminal(false, [], pipe === undefined ? {} : { pipe });
    const status = await runCli(args, createContext(terminal, signal, folder), '1');
    const said = `${what}: status ${status}, ${terminal.notes.slice(0, 300)} … ${terminal.notes.slice(-300)}`;
    assert.ok(statuses.includes(status), said);
    assert.doesNotMatch(terminal.notes, /call stack|string length|bug in Youtu|undefined/i, said);
    if (status !== 0 && terminal.results === '') assert.match(terminal.notes, /\p{L}.*[.)]\n$/su, said);
  }

  for (const [what, unit] of runsOf('letters', 'line ends', 'quotes', 'emoji'))
    it(`have an answer, or a sentence, in files and pipes: ${what}`, async () => {
      const run = longRun(unit, LENGTH);
      const python = await file('a.py', `def add(a, b):\n    s = "${run}"\n    x = json\n    return a + b\n`);
      const broken = await file('b.py', `def add(a, b)\n    s = "${run}"\n    return a + b\n`);
      const script = await file(
        'c.ts',
        `export function add(a: number) {\n  const s = "${run}";\n  return a;\n}\n`,
      );
      const bare = await file('bare.py', run);
      const small = await file('small.py', 'def add(a, b):\n    return a + b\n');
      const data = await file('run.gguf', run);
      const diff = `diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-${run}\n+${run}x\n`;
      const last = 3 + run.split('\n').length - 1;
      const doors: readonly Door[] = [
        [['complete', `${python}:2:12`]],
        [['complete', `${python}:${last}:13`, '--why']],
        [['complete', `${bare}:1:1`]],
        [['fix', broken]],
        [['fix', script]],
        [['fix', small, '--check', `cat ${bare} >&2; false`]],
        [['edit', `${python}:1-3`, 'add a constant']],
        [['edit', `${small}:1-2`, '-'], run],
        [['document', script]],
        [['tests', `${python}:1`]],
        [['commit'], run],
        [['commit'], diff],
        [['chat', 'colour?'], run],
      ];
      for (const [args, pipe] of doors)
        await isAnswered(args[0] ?? '', [[...args, '--model', model], pipe ?? ''], [0, 1]);
      for (const command of ['add', 'check']) await isAnswered(command, [['model', command, data]], [1]);
    });

  for (const [what, unit] of runsOf(
    ...(['letters', 'digits', 'blanks', 'line ends', 'dashes', 'quotes', 'backslashes', 'Chinese'] as const),
    ...(['emoji', 'combining marks', 'control tokens'] as const),
  ))
    it(`have an answer, or a sentence, as arguments: ${what}`, async () => {
      const run = longRun(unit, ARGUMENT_LENGTH);
      const small = await file('small.py', 'def add(a, b):\n    return a + b\n');
      // No status but that of a wrong usage for some kinds of runs: `-` begins an option.
      const answers: readonly Door[] = [
        [['chat', `--system=${run}`, 'colour?']],
        [['chat', '--', run]],
        [['edit', `${small}:1-2`, '--', run]],
        [['fix', small, '--line=2', `--message=${run}`]],
        [['fix', small, `--check=${run}`]],
      ];
      for (const [args] of answers)
        await isAnswered(
          args.slice(0, 2).join(' '),
          [[args[0] ?? '', '--model', model, ...args.slice(1)]],
          [0, 1, 2],
        );
      const refused: readonly (readonly string[])[] = [
        [run],
        [`--${run}`],
        ...['complete', 'edit', 'tests', 'fix', 'document'].map((command) => [command, '--', run]),
        ['complete', `${small}:1${run}:1`],
        ['edit', `${run}:1-2`, 'do it'],
        ['complete', `${small}:1:1`, `--model=${run}`],
        ['fix', small, `--lines=${run}`],
        ['document', small, `--line=${run}`],
        ...['--max-tokens', '--temperature', '--thinking'].map((option) => ['chat', 'a', `${option}=${run}`]),
        ...['add', 'check', 'get', 'remove'].map((command) => ['model', command, '--', run]),
        ['model', 'get', 'none', `--source=${run}`],
        ['bench', '--', run],
        ['bench', 'seed', `--rounds=${run}`],
        ['bench', 'seed', `--svg=${join(folder, 'none', run)}`],
        ['completion', '--', run],
        ['doctor', `--model=${run}`],
        ['serve', `--port=${run}`],
        ['lsp', `--pipe=${run}`],
        ['lsp', `--socket=${run}`],
      ];
      for (const args of refused) await isAnswered(args.slice(0, 2).join(' ').slice(0, 60), [args], [1, 2]);
    });

  it('aren’t repeated whole by the built youtu, whatever refuses them', async () => {
    const run = longRun('a', 100_000);
    for (const args of [
      [run],
      ['fix', run],
      ['chat', `--max-tokens=${run}`],
      ['model', 'check', run],
      ['serve', '--port=0', `--host=${run}`],
    ]) {
      const { code, stdout, stderr } = await youtu(args);
      assert.ok(code === 1 || code === 2, `${args[0]?.slice(0, 20)}: ${code}`);
      assert.equal(stdout, '');
      assert.match(stderr, /aaa … \(\d+,\d{3} characters\) … aaa/);
      assert.ok(stderr.length < 5000, `${stderr.length}`);
    }
  });
});
