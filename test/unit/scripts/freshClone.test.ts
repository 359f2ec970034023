import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.env['YOUTU_ROOT'] ?? process.cwd();

describe('the commands of a fresh clone', () => {
  let clone: string;

  before(() => {
    clone = mkdtempSync(join(tmpdir(), 'youtu-test-')); // outside of the project, so that no package is found
    for (const name of ['scripts', 'package.json'])
      cpSync(join(root, name), join(clone, name), { recursive: true });
  });
  after(() => rmSync(clone, { recursive: true }));

  for (const command of ['start', 'test', 'package'])
    it(`npm run ${command} gets as far as its options before any package is installed`, () => {
      const script = join(clone, 'scripts', `${command}.mjs`);
      const { status, stderr } = spawnSync(process.execPath, [script, '--no-such-option'], {
        encoding: 'utf8',
      });
      assert.match(stderr, /Unknown option '--no-such-option'/);
      assert.equal(status, 1);
    });
});
