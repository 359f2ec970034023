import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DoctorReport } from '../../src/cli/doctor/doctorReport.js';
import type { SeedReport } from '../../src/protocol/benchmark.js';
import { SEED_ROWS } from '../../src/engine/bench/seedBench.js';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import { scriptedCoder } from '../fixtures/gguf/scriptedCoder.js';
import { startYoutu, YOUTU, youtu } from './support/youtu.js';

/** The built command, with models that have fixed answers. */
describe('the built youtu', function () {
  this.timeout(120_000);
  let folder: string;
  let model: string;
  let endless: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-cli-'));
    model = await makeTinyModel({
      architecture: 'llama',
      replies: [
        { after: '\n\n', text: 'The sum is 4.' },
        { after: '\n\n', cue: 'banana', text: 'Yellow fruit.' },
      ],
    });
    endless = await makeTinyModel({
      architecture: 'llama',
      replies: [{ after: '\n\n', text: 'on and', then: 'loop' }],
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  describe('chat', () => {
    const chat = (...args: string[]): string[] => ['chat', '--model', model, ...args];

    it('writes only the answer', async () => {
      assert.deepEqual(await youtu(chat('2 + 2?')), { code: 0, stdout: 'The sum is 4.\n', stderr: '' });
    });

    it('reads a pipe after a prompt, or instead of one', async () => {
      const input = 'a banana split\n';
      assert.equal((await youtu(chat('What is it?'), { input })).stdout, 'Yellow fruit.\n');
      assert.equal((await youtu(chat(), { input })).stdout, 'Yellow fruit.\n');
    });

    it('is one JSON document with --json', async () => {
      const { stdout } = await youtu(chat('2 + 2?', '--json', '--max-tokens', '2'));
      const document = JSON.parse(stdout) as {
        response: string;
        finish_reason: string;
        usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
      };
      const { usage } = document;
      assert.equal(document.finish_reason, 'length');
      assert.equal(usage.completion_tokens, 2);
      assert.equal(usage.total_tokens, usage.prompt_tokens + 2);
      assert.ok('The sum is 4.'.startsWith(document.response) && document.response !== '');
    });

    it('reports the length and the limit for a pipe that is too long', async () => {
      const input = 'x y z '.repeat(2000);
      const { code, stderr, stdout } = await youtu(chat('Well?', '--json'), { input });
      assert.equal(code, 1);
      assert.match(stderr, /too long for the model: \d{5} tokens, but its context holds 4096/);
      const { error } = JSON.parse(stdout) as { error: { kind: string; promptTokens: number } };
      assert.equal(error.kind, 'promptTooLong');
      assert.ok(error.promptTokens > 10_000);
    });

    it('rejects a pipe that isn’t text, and a missing question', async () => {
      const { code, stderr } = await youtu(chat('Well?'), { input: Uint8Array.of(0xff, 0xfe, 0x00) });
      assert.equal(code, 1);
      assert.match(stderr, /not UTF-8 text/);
      const nothing = await youtu(chat());
      assert.equal(nothing.code, 2);
      assert.match(nothing.stderr, /no question given/);
    });

    it('ends silently when its reader closes the pipe', async () => {
      const child = startYoutu(['chat', '--model', endless, 'Go!']);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.stdin.end();
      await once(child.stdout, 'data');
      child.stdout.destroy();
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.equal(stderr, '');
    });

    it('exits with 130 after Ctrl+C, and keeps the partial answer', async function () {
      if (process.platform === 'win32') this.skip();
      const child = startYoutu(['chat', '--model', endless, 'Go!']);
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (stdout === '') child.kill('SIGINT');
        stdout += text;
      });
      child.stdin.end();
      assert.deepEqual(await once(child, 'close'), [130, null]);
      assert.match(stdout, /^on and.*\n$/);
    });
  });

  describe('fix', () => {
    const broken = 'def add(a, b)\n    return a + b\n';

    it('prints a diff, then writes the file, then has nothing to fix', async () => {
      const coder = await scriptedCoder();
      await writeFile(join(folder, 'greet.py'), broken);
      const fix = (...args: string[]) =>
        youtu(['fix', 'greet.py', '--model', coder, ...args], { cwd: folder });
      const shown = await fix();
      assert.equal(shown.code, 0, shown.stderr);
      assert.match(shown.stdout, /^--- a\/greet\.py\n\+\+\+ b\/greet\.py\n@@ /);
      assert.ok(shown.stdout.includes('\n-def add(a, b)\n+def add(a, b):\n'), shown.stdout);
      assert.match(shown.stderr, /^greet\.py:1:\d+: /);
      assert.equal(await readFile(join(folder, 'greet.py'), 'utf8'), broken);
      assert.equal((await fix('--apply')).code, 0);
      assert.equal(await readFile(join(folder, 'greet.py'), 'utf8'), broken.replace('b)\n', 'b):\n'));
      assert.deepEqual(await fix(), { code: 0, stdout: '', stderr: 'Nothing to fix\n' });
    });

    it('loads nothing of the project with --no-check', async () => {
      const [project, ran] = [join(folder, 'untrusted'), join(folder, 'ran')];
      const library = join(project, 'node_modules/typescript');
      await mkdir(join(library, 'lib'), { recursive: true });
      await writeFile(join(project, 'package.json'), '{}');
      await writeFile(join(library, 'package.json'), '{"version":"5.9.2","main":"lib/typescript.js"}');
      await writeFile(
        join(library, 'lib/typescript.js'),
        `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');\n`,
      );
      await writeFile(join(project, 'a.ts'), 'f(1;\n');
      const fix = (...args: string[]) => youtu(['fix', 'a.ts', '--json', ...args], { cwd: project });
      const shown = await fix('--no-check');
      assert.equal(shown.code, 0, shown.stderr);
      assert.match(shown.stdout, /"kind": ?"verified"/);
      await assert.rejects(readFile(ran), { code: 'ENOENT' });
      // In a project that is trusted it is loaded: the test above can fail.
      await fix();
      assert.equal(await readFile(ran, 'utf8'), '');
    });
  });

  describe('edit', () => {
    it('changes lines as the instruction says, from the command line or a pipe', async () => {
      const coder = await scriptedCoder();
      const text = 'ONE = 1\r\n\r\n\r\ndef scale(n):\r\n    return n\r\n';
      await writeFile(join(folder, 'scale.py'), text);
      const edit = (instruction: string, ...args: string[]) =>
        youtu(['edit', 'scale.py:4-5', instruction, '--model', coder, ...args], {
          cwd: folder,
          input: 'triple it\n',
        });
      const shown = await edit('triple it');
      assert.equal(shown.code, 0, shown.stderr);
      assert.ok(shown.stdout.includes('\n-    return n\r\n+    return 3 * n\r\n'), shown.stdout);
      // Where there is a Python, it is asked too.
      assert.match(
        shown.stderr,
        /^Checked: no new syntax errors · no unknown names (?:\(tree-sitter, names\)|· no new problems \(tree-sitter, names, python\))/,
      );
      assert.equal(await readFile(join(folder, 'scale.py'), 'utf8'), text);
      const applied = await edit('-', '--apply', '--json');
      assert.equal(applied.code, 0, applied.stderr);
      const report = JSON.parse(applied.stdout) as { isApplied: boolean; edits: { line: number }[] };
      assert.deepEqual([report.isApplied, report.edits[0]?.line], [true, 4]);
      assert.equal(
        await readFile(join(folder, 'scale.py'), 'utf8'),
        text.replace('return n', 'return 3 * n'),
      );
      const again = await edit('triple it');
      assert.equal(again.code, 1);
      assert.match(again.stderr, /The model found nothing to change\. Say it in other words/);
    });
  });

  describe('bench', () => {
    it('measures all rows in full, although the model would end at once', async () => {
      const svg = join(folder, 'seed.svg');
      const args = ['bench', 'seed', '--model', model, '--rounds', '1', '--uncached-tokens', '2'];
      const { code, stdout, stderr } = await youtu([...args, '--json', '--svg', svg]);
      assert.equal(code, 0, stderr);
      const { rows, batch, rounds } = JSON.parse(stdout) as SeedReport;
      assert.deepEqual(
        rows.map(({ promptTokens, generatedTokens }) => ({ promptTokens, generatedTokens })),
        SEED_ROWS,
      );
      assert.deepEqual(
        rows.map(({ cached, uncached }) => [cached.tokens, uncached.tokens]),
        SEED_ROWS.map(({ generatedTokens }) => [generatedTokens, 2]),
      );
      for (const { cached } of rows)
        assert.ok(cached.latencyMs > cached.firstTokenMs && cached.peakBytes > 1e6);
      assert.deepEqual([batch, rounds], [1, 1]);
      assert.match(await readFile(svg, 'utf8'), /^<svg [^]*first 2 tokens[^]*<\/svg>\n$/);
    });

    it('reports that a repository benchmark needs a clone', async () => {
      const elsewhere = join(folder, 'installed');
      const dist = dirname(dirname(YOUTU));
      for (const part of ['cli', 'engine'])
        await cp(join(dist, part), join(elsewhere, part), { recursive: true });
      const program = join(elsewhere, 'cli/main.mjs');
      const { code, stdout, stderr } = await youtu(['bench', 'typing'], { program });
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /needs files from the repository/);
    });

    it('rejects unknown names and options', async () => {
      for (const args of [['nonsense'], ['seed', '--nonsense'], []])
        assert.equal((await youtu(['bench', ...args])).code, 2, args.join(' '));
    });
  });

  describe('doctor', () => {
    it('measures the model, and checks the folder', async () => {
      const env = { YOUTU_MODELS_FOLDER: folder };
      const { code, stdout } = await youtu(['doctor', '--model', model, '--json'], { env });
      const report = JSON.parse(stdout) as DoctorReport;
      assert.deepEqual([code, report.problems], [0, []]);
      assert.ok((report.speed?.prefill ?? 0) > 0 && (report.speed?.decode ?? 0) > 0);
      assert.equal(report.modelsFolder, folder);
      assert.equal(report.model?.path, model);
    });

    it('exits with 1 without a model, and says how to get one', async () => {
      const { code, stdout } = await youtu(['doctor'], { env: { YOUTU_MODELS_FOLDER: folder } });
      assert.equal(code, 1);
      assert.match(
        stdout,
        /^Problem +There is no model yet\.\n +Download one: youtu model get qwen2\.5-coder-0\.5b$/m,
      );
      assert.match(stdout, /^CPU /m);
    });
  });
});
