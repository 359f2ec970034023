import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from '../engine/catalogue/support/temporaryFolder.js';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();

/** The guard is the process's own, so it is tested in another one. */
describe('an error that no code has caught', () => {
  const folder = temporaryFolder();

  function run(
    statement: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): { status: number | null; stdout: string; stderr: string } {
    const entry = join(folder(), 'entry.ts');
    writeFileSync(
      entry,
      `import { guardProcess } from ${JSON.stringify(join(ROOT, 'src/cli/guardProcess.ts'))};
       guardProcess({ writeNote: (text) => process.stderr.write(text) }, ${JSON.stringify(args)});
       setTimeout(() => { console.log('went on'); process.exit(0); }, 100);
       setTimeout(() => { ${statement} }, 0);`,
    );
    const outfile = join(folder(), 'entry.mjs');
    buildSync({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, [outfile], {
      encoding: 'utf8',
      env: { ...process.env, NODE_DEBUG: '', ...env },
    });
    return { status, stdout, stderr };
  }

  const REJECTION = 'Promise.reject(new Error("the cable is loose"));';
  const EXCEPTION = 'throw new Error("the cable is loose");';
  const SENTENCES =
    'Unexpected error: the cable is loose\nThis is a bug in Youtu Code: please report it with the command. NODE_DEBUG=youtu shows where it happened.\n';

  it('ends a command with a sentence and status 1', () => {
    for (const statement of [REJECTION, EXCEPTION])
      assert.deepEqual(run(statement, ['--json', 'fix', 'serve.py']), {
        status: 1,
        stdout: '',
        stderr: SENTENCES,
      });
  });

  it('doesn’t end a server where it is a rejected promise', () => {
    for (const command of ['serve', 'lsp'])
      assert.deepEqual(run(REJECTION, [command]), { status: 0, stdout: 'went on\n', stderr: SENTENCES });
    assert.equal(run(EXCEPTION, ['serve']).status, 1);
  });

  it('shows where it happened with NODE_DEBUG=youtu', () => {
    assert.match(
      run(REJECTION, ['fix'], { NODE_DEBUG: 'youtu' }).stderr,
      /^YOUTU \d+: Error: the cable.*\n {4}at /,
    );
  });
});
