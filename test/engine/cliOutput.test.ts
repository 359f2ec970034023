import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { YOUTU, type YoutuResult } from './support/youtu.js';

const BROKEN = 'def add(a, b)\n    return a + b\n';

/** A full disk, readers that have gone, few file descriptors: each command ends with a sentence. */
describe('the output of the built youtu', function () {
  this.timeout(120_000);
  let folder: string;
  /** Every command, by name. */
  let commands: Readonly<Record<string, string>>;

  before(async function () {
    // /dev/full and the shell's limits.
    if (process.platform !== 'linux') this.skip();
    folder = await mkdtemp(join(tmpdir(), 'youtu-output-'));
    const model = await makeTinyModel({
      architecture: 'llama',
      replies: [{ after: '\n\n', text: 'The sum is 4.' }],
    });
    const coder = await scriptedCoder();
    commands = {
      version: '--version',
      help: '--help',
      list: 'model list',
      check: `model check '${model}'`,
      completion: 'completion bash',
      complete: `complete add.py:2:11 --model '${coder}'`,
      fix: `fix broken.py --model '${coder}'`,
      chat: `chat '2 + 2?' --no-stdin --model '${model}'`,
      doctor: `doctor --model '${model}'`,
      bench: `bench seed --rounds 1 --uncached-tokens 1 --model '${model}'`,
      serve: `serve --port 0 --model '${model}'`,
    };
    await writeFile(join(folder, 'add.py'), 'def add(a, b):\n    return');
  });
  beforeEach(() => writeFile(join(folder, 'broken.py'), BROKEN));
  after(async () => folder && (await rm(folder, { recursive: true, force: true })));

  /** @param script with `youtu` as a shell has it */
  async function inShell(script: string): Promise<YoutuResult & { readonly seconds: number }> {
    const start = performance.now();
    const child = spawn('bash', ['-c', `youtu() { '${process.execPath}' '${YOUTU}' "$@"; }\n${script}`], {
      cwd: folder,
      env: { ...process.env, YOUTU_MODELS_FOLDER: folder },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.end();
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr, seconds: (performance.now() - start) / 1000 };
  }

  const NAMES = [
    'version',
    'help',
    'list',
    'check',
    'completion',
    'complete',
    'fix',
    'chat',
    'doctor',
    'bench',
  ];
  for (const name of NAMES) {
    it(`of ${name} on a full disk: a sentence and status 1`, async () => {
      const [{ code, stderr }, both] = await Promise.all([
        inShell(`youtu ${commands[name]} > /dev/full`),
        inShell(`youtu ${commands[name]} > /dev/full 2> /dev/full`),
      ]);
      assert.equal(code, 1, stderr);
      assert.match(stderr, /The output couldn't be written: there is no space left on the device\. Free/);
      assert.doesNotMatch(stderr, /^ {4}at /m);
      assert.equal(both.code, 1);
    });

    it(`of ${name} without a reader: no message`, async () => {
      const { code, stderr } = await inShell(`youtu ${commands[name]} | true; exit \${PIPESTATUS[0]}`);
      assert.equal(code, 0, stderr);
      assert.doesNotMatch(stderr, /EPIPE|^ {4}at /m);
    });

    it(`of ${name} without a reader of the notes: the result comes all the same`, async () => {
      const { code, stdout } = await inShell(
        `{ youtu ${commands[name]} 2>&3 | cat; exit \${PIPESTATUS[0]}; } 3> >(true)`,
      );
      assert.equal(code, 0);
      assert.notEqual(stdout, '');
    });

    it(`of ${name} with 64 file descriptors: the result, or a sentence`, async () => {
      const { code, stdout, stderr } = await inShell(`ulimit -n 64; youtu ${commands[name]}`);
      assert.doesNotMatch(stderr, /^ {4}at /m);
      if (code === 0) assert.notEqual(stdout, '');
      // The doctor's result is a report on it.
      else assert.match(stderr + stdout, /Too many files are open.*ulimit -n/);
    });
  }

  it('of serve on a full disk: a sentence and status 1', async () => {
    const { code, stderr } = await inShell(`youtu ${commands['serve']} > /dev/full`);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /The output couldn't be written/);
  });

  it('of lsp on a full disk: a sentence and status 1', async () => {
    const body = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}';
    const message = `printf 'Content-Length: ${body.length}\\r\\n\\r\\n${body}'`;
    const { code, stderr } = await inShell(
      `youtu lsp --stdio > /dev/full < <({ ${message}; sleep 5; } 2> /dev/null)`,
    );
    assert.equal(code, 1, stderr);
    assert.match(stderr, /The output couldn't be written/);
  });

  it('keeps a server running when only the reader of its notes has gone', async () => {
    const { code, stdout } = await inShell(
      // Not the function: $! would be the shell that runs it.
      `'${process.execPath}' '${YOUTU}' ${commands['serve']} > address 2> >(head -c 1 > first) & server=$!
       for try in $(seq 100); do [ -s address ] && break; sleep 0.1; done
       sleep 0.5; '${process.execPath}' -e 'fetch(process.argv[1] + "/health").then((r) => console.log(r.status))' "$(cat address)"
       kill $server; wait $server`,
    );
    assert.equal(stdout, '200\n');
    assert.notEqual(code, 1);
  });

  it('refuses a chart that can’t be written before it measures', async () => {
    const { code, stderr, seconds } = await inShell(`youtu ${commands['bench']} --svg /proc/chart.svg`);
    assert.equal(code, 1);
    assert.match(stderr, /\/proc\/chart\.svg/);
    assert.doesNotMatch(stderr, /round 1|^ {4}at /m);
    assert.ok(seconds < 20);
  });
});
