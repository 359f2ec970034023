import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { startYoutu, YOUTU, youtu, type YoutuResult } from './support/youtu.js';

/** Standard input that isn't the command's own, and files as other programs write them. */
describe('the input of the built youtu', function () {
  this.timeout(120_000);
  let folder: string;
  let model: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-input-'));
    model = await makeTinyModel({
      architecture: 'llama',
      replies: [
        { after: '\n\n', text: 'The sum is 4.' },
        { after: '\n\n', cue: 'banana', text: 'Yellow fruit.' },
      ],
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** With an input that stays open. */
  async function withOpenInput(args: readonly string[], input = ''): Promise<YoutuResult> {
    const child = startYoutu(args);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    if (input !== '') child.stdin.write(input);
    const [code] = (await once(child, 'exit')) as [number | null];
    child.stdin.destroy();
    return { code, stdout, stderr };
  }

  async function inShell(script: string): Promise<YoutuResult> {
    const child = spawn('bash', ['-c', script, 'bash', process.execPath, YOUTU, model], { cwd: folder });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.end();
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  it('may be a pipe that is never closed: the question is answered without it, and a note says so', async () => {
    const { code, stdout, stderr } = await withOpenInput(['chat', '--model', model, '2 + 2?']);
    assert.deepEqual([code, stdout], [0, 'The sum is 4.\n']);
    assert.match(stderr, /--no-stdin or < \/dev\/null/);
  });

  it('is not touched with --no-stdin, nor by commands that don’t read it', async () => {
    const quiet = { code: 0, stdout: 'The sum is 4.\n', stderr: '' };
    await writeFile(join(folder, 'fine.py'), 'a = 1\n');
    const asked = withOpenInput(['chat', '--model', model, '--no-stdin', '2 + 2?'], 'banana');
    for (const args of [
      ['fix', join(folder, 'fine.py')],
      ['model', 'list'],
      ['completion', 'bash'],
      ['--version'],
    ])
      assert.equal((await withOpenInput(args, 'x\n')).code, 0, args.join(' '));
    assert.deepEqual(await asked, quiet);
  });

  it('stays the list of a shell loop', async function () {
    if (process.platform !== 'linux') this.skip();
    await writeFile(join(folder, 'list.txt'), 'one\nbanana\nthree\n');
    const loop = (options: string): string =>
      `while read -r word; do "$1" "$2" chat --model "$3" ${options} "What is: $word?"; done < list.txt`;
    const piped = `cat list.txt | ${loop('--no-stdin').replace(' < list.txt', '')}`;
    const answers = await Promise.all([loop(''), loop('--no-stdin'), piped].map(inShell));
    const expected = 'The sum is 4.\nYellow fruit.\nThe sum is 4.\n';
    assert.deepEqual(
      answers.map(({ stdout }) => stdout),
      [expected, expected, expected],
    );
  });

  it('may be a file, empty, a folder or closed', async function () {
    if (process.platform === 'win32') this.skip();
    await writeFile(join(folder, 'note.txt'), 'a banana split\n');
    const ask = (redirection: string): Promise<YoutuResult> =>
      inShell(`"$1" "$2" chat --model "$3" "What is it?" ${redirection}`);
    const [file, ...others] = await Promise.all(['< note.txt', '< /dev/null', '<&-', '< .'].map(ask));
    assert.deepEqual(file, { code: 0, stdout: 'Yellow fruit.\n', stderr: '' });
    assert.deepEqual(
      others.map(({ stdout }) => stdout),
      ['The sum is 4.\n', 'The sum is 4.\n', 'The sum is 4.\n'],
    );
  });

  it('may be open for writing only: a question is answered without it, and a sentence says so', async function () {
    if (process.platform === 'win32') this.skip();
    const chat = '"$1" "$2" chat --model "$3"';
    const [file, pipe, none] = await Promise.all(
      [`${chat} "2 + 2?" 0> only.txt`, `${chat} "2 + 2?" 0> >(cat)`, `${chat} 0> other.txt`].map(inShell),
    );
    for (const each of [file, pipe]) {
      assert.deepEqual([each?.code, each?.stdout], [0, 'The sum is 4.\n']);
      assert.match(
        each?.stderr ?? '',
        /^Standard input can't be read \([A-Z]+\), so the question is answered/,
      );
    }
    assert.equal(none?.code, 1);
    assert.match(none.stderr, /^Standard input can't be read \(EBADF\)\. Pipe text in, or pass a file/);
  });

  it('may be open for writing only: the staged changes are described, and a sentence says so', async function () {
    if (process.platform === 'win32') this.skip();
    const repository =
      'git init -q staged && cd staged && echo 1 > a && git add a && git -c user.name=a -c user.email=a@b.c commit -qm "Add a" && git mv a b';
    const { code, stdout, stderr } = await inShell(`${repository} && "$1" "$2" commit 0> ../only.txt`);
    assert.deepEqual([code, stdout], [0, 'Rename a to b\n'], stderr);
    assert.match(stderr, /^Standard input can't be read \(EBADF\), so the staged changes are described/);
  });

  it('is named where an argument is blank, not passed on to the system', async () => {
    const refused: readonly (readonly [args: readonly string[], code: number, sentence: RegExp])[] = [
      [['fix', ''], 1, /^The file name is blank/],
      [['model', 'add', ' '], 1, /^The file name is blank/],
      [['lsp', '--pipe', ''], 2, /^error: the name after --pipe is blank/],
      [['serve', '--host', ''], 2, /^error: the address after --host is blank/],
    ];
    for (const [args, code, sentence] of refused) {
      const result = await youtu(args);
      assert.equal(result.code, code, args.join(' '));
      assert.match(result.stderr, sentence);
    }
  });

  it('may be UTF-16, as PowerShell pipes it', async () => {
    const input = Buffer.from('\ufeffa banana split\r\n', 'utf16le');
    const answers = await Promise.all(
      [input, input.subarray(2), Buffer.from(input).swap16()].map((bytes) =>
        youtu(['chat', '--model', model, 'What?'], { input: bytes }),
      ),
    );
    assert.deepEqual(
      answers.map(({ stdout }) => stdout),
      ['Yellow fruit.\n', 'Yellow fruit.\n', 'Yellow fruit.\n'],
    );
  });

  it('completes and fixes a file alike with and without a mark, and in UTF-16', async () => {
    const coder = await scriptedCoder();
    const text = 'def square(x):\n    return';
    const broken = 'def add(a, b)\n    return a + b\n';
    const encodings: [name: string, encode: (text: string) => Buffer][] = [
      ['plain', (each) => Buffer.from(each)],
      ['mark', (each) => Buffer.from(`\ufeff${each}`)],
      ['utf16', (each) => Buffer.from(`\ufeff${each}`, 'utf16le')],
    ];
    const check = async (name: string, encode: (text: string) => Buffer): Promise<void> => {
      await writeFile(join(folder, `${name}.py`), encode(text));
      const completed = await youtu(['complete', `${name}.py:2:11`, '--model', coder], { cwd: folder });
      assert.equal(completed.stdout, ' x * x\n', name + completed.stderr);
      await writeFile(join(folder, `${name}.py`), encode(broken));
      const fixed = await youtu(['fix', `${name}.py`, '--model', coder, '--apply'], { cwd: folder });
      assert.equal(fixed.code, 0, fixed.stderr);
      const mark = name === 'plain' ? '' : '\ufeff';
      assert.ok(fixed.stdout.includes(`\n-${mark}def add(a, b)\n+${mark}def add(a, b):\n`), fixed.stdout);
      const bytes = await readFile(join(folder, `${name}.py`));
      assert.deepEqual(bytes, encode(broken.replace('b)\n', 'b):\n')), name);
    };
    await Promise.all(encodings.map((each) => check(...each)));
  });
});
