import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const NODE = `"${process.execPath}"`;

describe('youtu fix --check', () => {
  const folder = temporaryFolder();
  const before = process.cwd();
  beforeEach(() => {
    mkdirSync(join(folder(), 'project'));
    process.chdir(join(folder(), 'project'));
    write('package.json', '{}');
  });
  afterEach(() => process.chdir(before));

  const write = (name: string, text: string): void => writeFileSync(name, text);
  const youtu = async (
    check: string,
    file: string,
    ...args: readonly string[]
  ): Promise<{ status: number; results: string; notes: string }> => {
    const terminal = new FakeTerminal();
    const context = createContext(terminal, new AbortController().signal, folder());
    const status = await runCli(['fix', file, '--check', check, ...args], context, '1');
    return { status, results: terminal.results, notes: terminal.notes };
  };

  const TOTAL = 'function total(prices) {\n  return prises.length;\n}\nmodule.exports = { total };\n';
  const TEST =
    "const { total } = require('./lib/total.js');\nif (total([1, 2]) !== 2) throw new Error('wrong');\n";
  const project = (): void => {
    mkdirSync('lib');
    write('lib/total.js', TOTAL);
    write('test.js', TEST);
  };

  it('fixes what the command reports, on a copy of the project, and proves it', async () => {
    project();
    const { status, results, notes } = await youtu(`${NODE} test.js`, 'lib/total.js');
    assert.match(results, /^-\s+return prises\.length;\n\+\s+return prices\.length;$/m);
    assert.match(notes, /lib\/total\.js:2:\d+: ReferenceError: prises is not defined\n/);
    assert.match(notes, /Verified: .*\(.*node.* test\.js\)/);
    assert.match(notes, /The check failed before, and passes now/);
    assert.equal(status, 0);
    assert.equal(readFileSync('lib/total.js', 'utf8'), TOTAL);
  });

  it('prints the command’s statuses and messages with --json', async () => {
    project();
    const { results } = await youtu(`${NODE} test.js`, 'lib/total.js', '--json', '--apply');
    const { check, isApplied } = JSON.parse(results) as {
      isApplied: boolean;
      check: { before: { status: number; messages: { line?: number; message: string }[] }; after: unknown };
    };
    assert.equal(isApplied, true);
    assert.equal(check.before.status, 1);
    assert.deepEqual(check.before.messages[0], { line: 2, message: 'ReferenceError: prises is not defined' });
    assert.deepEqual(check.after, { status: 0, messages: [] });
    assert.equal(readFileSync('lib/total.js', 'utf8'), TOTAL.replace('prises', 'prices'));
  });

  it('copies the file alone for a command with {}', async () => {
    write("it's.js", 'const a = [1, 2;\n');
    const { status, notes } = await youtu(`${NODE} --check {}`, "it's.js", '--apply');
    assert.equal(status, 0, notes);
    assert.equal(readFileSync("it's.js", 'utf8'), 'const a = [1, 2];\n');
  });

  it('has nothing to fix when the command passes, whatever it writes', async () => {
    write('a.js', 'const a = 1;\n');
    const { status, notes } = await youtu('echo "a.js:1:1: error: wrong"', 'a.js');
    assert.deepEqual([status, notes], [0, 'Nothing to fix\n']);
  });

  it('never offers a fix after which the command hangs or still fails', async () => {
    write('a.js', 'const a = [1, 2;\n');
    write(
      'check.cjs',
      "const { readFileSync } = require('fs');\nif (readFileSync('a.js', 'utf8').includes('2]')) setInterval(() => {}, 1000);\nelse { console.error('a.js:1: error: no bracket'); process.exit(1); }\n",
    );
    const hangs = await youtu(`${NODE} check.cjs`, 'a.js', '--check-time', '3', '--apply');
    assert.deepEqual([hangs.status, hangs.results], [1, '']);
    write('check.cjs', "console.error('a.js:1: error: never good'); process.exit(1);\n");
    const fails = await youtu(`${NODE} check.cjs`, 'a.js', '--apply');
    assert.deepEqual([fails.status, fails.results], [1, '']);
    assert.equal(readFileSync('a.js', 'utf8'), 'const a = [1, 2;\n');
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    ['is missing', 'no-such-program-here a.js', /can't be started: .*not found.*Correct the command/s],
    ['never ends', `${NODE} -e "setInterval(() => {}, 1000)"`, /gave no verdict: it had not ended after 1 s/],
    [
      'floods its output',
      `${NODE} -e "for (;;) console.log('x'.repeat(100000))"`,
      /gave no verdict: it (?:wrote more than 8 MB|had not ended)/,
    ],
    ['edits the file', 'echo "fixed" > a.js; exit 1', /changes the file. It ran on a copy/],
    ['names no line', 'echo "2 tests failed"; exit 1', /names no line of a\.js: 2 tests failed.*--line/],
  ];
  for (const [name, command, sentence] of bad)
    it(`says so when the command ${name}, and leaves the file as it was`, async () => {
      write('a.js', 'const a = 1;\n');
      const { status, results, notes } = await youtu(command, 'a.js', '--check-time', '1', '--apply');
      assert.deepEqual([status, results], [1, '']);
      assert.match(notes, sentence);
      assert.equal(readFileSync('a.js', 'utf8'), 'const a = 1;\n');
    });

  it('gives the command a copy that it may destroy, links to packages, and no repository', async () => {
    project();
    mkdirSync('node_modules/dep', { recursive: true });
    write('node_modules/dep/index.js', 'module.exports = 1;\n');
    mkdirSync('.git');
    write(
      'look.cjs',
      "require('fs').writeFileSync(process.argv[2], JSON.stringify([process.cwd(), require('fs').existsSync('.git'), require('dep')])); require('fs').rmSync('lib', { recursive: true }); process.exit(1);\n",
    );
    const seen = join(folder(), 'seen.json');
    const { status } = await youtu(`${NODE} look.cjs "${seen}"`, 'lib/total.js');
    assert.equal(status, 1);
    const [cwd, hasRepository, dep] = JSON.parse(readFileSync(seen, 'utf8')) as [string, boolean, number];
    assert.notEqual(cwd, realpathSync('.'));
    assert.deepEqual([hasRepository, dep], [false, 1]);
    assert.equal(existsSync(cwd), false);
    assert.deepEqual(readdirSync('lib'), ['total.js']);
  });

  it('rejects a time that is none', async () => {
    write('a.js', 'const a = 1;\n');
    assert.equal((await youtu('true', 'a.js', '--check-time', '0')).status, 2);
  });
});
