import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const { signal } = new AbortController();
/** One that no candidate without a model corrects; there is no model. */
const HARD = 'let x = ;\n';

interface Run {
  readonly status: number;
  readonly results: string;
  readonly notes: string;
  /** What the file holds afterwards. */
  readonly text: string;
}

describe('the status of youtu fix', () => {
  const folder = temporaryFolder();
  async function fix(name: string, text: string, ...args: readonly string[]): Promise<Run> {
    const path = join(folder(), name);
    writeFileSync(path, text);
    const terminal = new FakeTerminal();
    const status = await runCli(['fix', path, ...args], createContext(terminal, signal, folder()), '1');
    return { status, results: terminal.results, notes: terminal.notes, text: readFileSync(path, 'utf8') };
  }

  for (const args of [[], ['--json'], ['--no-check'], ['--apply'], ['--apply', '--json']])
    describe(`with ${args.length === 0 ? 'no option' : args.join(' ')}`, () => {
      it('is 0 where there is nothing to fix', async () => {
        const { status, text } = await fix('a.ts', 'f(1);\n', ...args);
        assert.deepEqual([status, text], [0, 'f(1);\n']);
      });

      it('is 0 for verified fixes of all problems', async () => {
        const { status, text } = await fix('a.ts', 'f(1;\n\ng([2);\n', ...args);
        assert.equal(status, 0);
        assert.equal(text, args.includes('--apply') ? 'f(1);\n\ng([2]);\n' : 'f(1;\n\ng([2);\n');
      });

      it('is 1 where one of several problems is left; the others are fixed', async () => {
        const broken = `f(1;\n\n${HARD}`;
        const { status, text, results } = await fix('a.ts', broken, ...args);
        assert.equal(status, 1);
        assert.match(results, /f\(1\);/);
        assert.equal(text, args.includes('--apply') ? broken.replace('(1', '(1)') : broken);
      });

      it('is 1 where nothing is found, and the file stays as it was', async () => {
        const { status, text, notes } = await fix('a.ts', HARD, ...args);
        assert.deepEqual([status, text], [1, HARD]);
        assert.match(notes, /There is no model/);
      });

      it('is 1 for a fix that isn’t verified', async () => {
        const broken = 'const a = [1];\na.lenght;\n';
        const message = "Property 'lenght' does not exist on type 'number[]'. Did you mean 'length'?";
        const { status, results } = await fix('a.ts', broken, '--line', '2', '--message', message, ...args);
        assert.equal(status, 1);
        assert.match(results, /a\.length/);
      });

      it('is 1 where nothing can check the language', async () => {
        const { status, notes } = await fix('a.kt', 'val a = = 1\n', ...args);
        assert.equal(status, 1);
        assert.match(notes, /can check Kotlin.*--line/);
      });
    });

  it('is 1 for a folder in place of a file', async () => {
    mkdirSync(join(folder(), 'src'));
    const terminal = new FakeTerminal();
    const context = createContext(terminal, signal, folder());
    assert.equal(await runCli(['fix', join(folder(), 'src')], context, '1'), 1);
    assert.match(terminal.notes, /src is not a file/);
  });

  it('is 1 for a hundred problems, of which a few are fixed and the others listed', async () => {
    const broken = Array.from({ length: 100 }, (_, index) => `f${index}(${index};\n\n`).join('');
    const { status, results, notes } = await fix('a.ts', broken, '--json');
    const { edits, left } = JSON.parse(results) as {
      edits: { verdict: { kind: string } }[];
      left: unknown[];
    };
    assert.equal(status, 1);
    assert.deepEqual(new Set(edits.map(({ verdict }) => verdict.kind)), new Set(['verified']));
    assert.ok(edits.length > 0 && left.length > 0, `${edits.length} fixed, ${left.length} left`);
    assert.match(notes, /Remaining errors:/);
  });
});
